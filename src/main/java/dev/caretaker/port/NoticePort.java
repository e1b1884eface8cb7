package dev.caretaker.port;

import dev.caretaker.fleet.model.QueuedMessage;
import java.util.Collection;
import java.util.List;

/** The queue in which EC2 announces what becomes of machines. */
public interface NoticePort {

  /**
   * Waits up to 20 seconds for messages, and takes what is there, up to some hundreds. What is not
   * deleted comes again after the queue's visibility time-out; anything may come twice, and out of
   * order.
   *
   * @return empty where none came
   * @throws PortException where nobody knows whether there are any
   */
  List<QueuedMessage> receive() throws PortException;

  /**
   * Deletes messages by their receipts, after what they say was acted upon.
   *
   * @throws PortException where some may not have been deleted: they come again
   */
  void delete(Collection<String> receipts) throws PortException;
}
