package dev.caretaker.adapter.host.ssh;

import dev.caretaker.kernel.Observed;
import java.util.Optional;

/** The commands of one kind of supervisor and what their answers mean; runs nothing itself. */
sealed interface Supervision permits Supervisorctl, Systemctl {

  /** Asks what the program is doing. */
  RemoteCommand status(String program);

  /** What the answer to {@link #status} says; Unknown where it proves nothing. */
  Observed<Sighting> sighting(String program, Answer answer);

  /** Asks for the process id, where the status does not tell it. */
  RemoteCommand pid(String program);

  /** What the answer to {@link #pid} says; Unknown where there is no process just now. */
  Observed<Long> pid(Answer answer);

  RemoteCommand stop(String program);

  /** Why a stop was not carried out; empty where it was, or where there was nothing to stop. */
  Optional<Complaint> stopComplaint(String program, Answer answer);

  RemoteCommand start(String program);

  /** Why a start was not carried out; empty where it was, or where the program ran. */
  Optional<Complaint> startComplaint(String program, Answer answer);
}
