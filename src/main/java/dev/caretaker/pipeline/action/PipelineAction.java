package dev.caretaker.pipeline.action;

import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.WorkerHost;
import java.util.List;
import java.util.Optional;

/** Every change that a pipeline asks of the world. */
public sealed interface PipelineAction {

  /** A change of a queue. */
  sealed interface OnQueue extends PipelineAction {}

  /** A change of a bucket. */
  sealed interface OnBucket extends PipelineAction {}

  /** A change in the cluster of the tables. */
  sealed interface OnTable extends PipelineAction {}

  /** A change on one machine. */
  sealed interface OnWorker extends PipelineAction {
    WorkerHost worker();
  }

  /** Makes a queue, tagged as the pipeline's; the same once more changes nothing. */
  record CreateQueue(QueueName queue, QueueAttributes attributes) implements OnQueue {}

  /** Deletes a queue of the pipeline's; refused where it holds a message or is not tagged so. */
  record DeleteQueue(QueueName queue) implements OnQueue {}

  /** Asks the workers to work on objects once more; workers derive ids, so twice does no harm. */
  record SendObjects(QueueName queue, BucketName bucket, List<SourceObject> objects)
      implements OnQueue {
    public SendObjects {
      objects = List.copyOf(objects);
    }
  }

  /** Makes a bucket, tagged as the pipeline's; refused where another account has the name. */
  record CreateBucket(BucketName bucket) implements OnBucket {}

  /** Deletes a bucket of the pipeline's; S3 refuses where it holds anything. */
  record DeleteBucket(BucketName bucket) implements OnBucket {}

  /** Puts the template that gives new indices of the table their mapping and settings. */
  record PutTemplate(Table table) implements OnTable {}

  /** Makes an index without its alias; where one of this name is there already, nothing happens. */
  record CreateIndex(Table table, String index) implements OnTable {}

  /**
   * In one atomic change the alias writes to this index, and to no other any more.
   *
   * @param before the one it wrote to as it was seen; empty where it was none or several
   */
  record WriteTo(TableName alias, String index, Optional<String> before) implements OnTable {}

  /** Deletes an index; refused where its uuid is another one. */
  record DeleteIndex(TableName alias, String index, String uuid) implements OnTable {}

  /** Starts the program; nothing happens where it runs. */
  record StartProgram(WorkerHost worker, Program program) implements OnWorker {}

  /** Stops the program cleanly; refused where its incarnation is another one. */
  record StopProgram(WorkerHost worker, Program program, String incarnation) implements OnWorker {}

  /**
   * Begins a job that brings the code to a revision. The same id once more changes nothing; refused
   * while another job runs there.
   */
  record UpdateCode(WorkerHost worker, String job, Program program, Code code)
      implements OnWorker {}

  /**
   * Begins a job that runs the trial. The same id once more changes nothing; refused while another
   * job runs there.
   */
  record RunTrial(WorkerHost worker, String job, Program program, String command)
      implements OnWorker {}

  /**
   * Deletes regular files that match and are older than every process of the program; refused where
   * nobody knows when it started. The newest of each pattern is kept.
   */
  record RemoveFiles(WorkerHost worker, Program program, List<String> paths) implements OnWorker {
    public RemoveFiles {
      paths = List.copyOf(paths);
    }
  }
}
