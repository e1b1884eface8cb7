package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Ports of the loopback address that nobody listens on. */
public final class FreePorts {

  /**
   * Below the ports that systems give to outgoing connections (from 32768 on Linux): one of those
   * could take the port of a node while the node is down.
   */
  private static final int FIRST = 20_000;

  private static final int END = 32_000;

  private FreePorts() {}

  /** So many distinct ones, from a random start, so that two sandboxes seldom try the same. */
  public static List<Integer> take(int count) throws IOException {
    List<ServerSocket> held = new ArrayList<>();
    try {
      int start = ThreadLocalRandom.current().nextInt(FIRST, END);
      for (int step = 0; step < END - FIRST && held.size() < count; step++) {
        tryToHold(FIRST + (start - FIRST + step) % (END - FIRST), held);
      }
      if (held.size() < count) {
        throw new IOException("no " + count + " free ports from " + FIRST + " to " + END);
      }
      return held.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : held) {
        socket.close();
      }
    }
  }

  private static void tryToHold(int port, List<ServerSocket> held) throws IOException {
    ServerSocket socket = new ServerSocket();
    try {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      held.add(socket);
    } catch (BindException e) {
      socket.close();
    }
  }
}
