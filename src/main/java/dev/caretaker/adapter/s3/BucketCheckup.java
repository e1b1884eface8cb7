package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.port.Checked;
import dev.caretaker.port.PortException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;

/** Whether a pipeline's buckets are there and may be used. Nothing in them is changed. */
public final class BucketCheckup implements AutoCloseable {
  private static final String BUCKET = "bucket";
  private static final String ACTION = "s3-action";
  private static final String GRANT = "attach manifests/iam/etlpipeline-policy.json to the role";

  private final S3Access s3;
  private final BucketReading reading;

  /** Asks nothing yet. To be closed. */
  public BucketCheckup(S3Settings settings) {
    this(S3Access.open(settings));
  }

  BucketCheckup(S3Access s3) {
    this.s3 = s3;
    this.reading = new BucketReading(s3);
  }

  /**
   * Asks everything.
   *
   * @param buckets and whether each is made where there is none
   */
  public List<Checked> look(SortedMap<BucketName, Boolean> buckets) {
    var findings = new ArrayList<Checked>();
    buckets.forEach((bucket, create) -> look(bucket, create, findings));
    if (buckets.containsValue(true)) {
      untried("s3:CreateBucket", "told when a bucket is made", findings);
      untried("s3:PutBucketTagging", "told when a bucket is made", findings);
      untried("s3:PutBucketPublicAccessBlock", "told when a bucket is made", findings);
      untried("s3:DeleteBucket", "told when a bucket is deleted with its pipeline", findings);
    }
    return findings;
  }

  private static void untried(String action, String why, List<Checked> findings) {
    findings.add(Checked.untold(ACTION, action, why));
  }

  private void look(BucketName bucket, boolean create, List<Checked> findings) {
    BucketState state;
    try {
      state = reading.read(bucket);
    } catch (PortException failure) {
      findings.add(failed(BucketReading.LIST, bucket, failure));
      return;
    }
    findings.add(state(bucket, state, create));
    if (state == BucketState.USABLE) {
      findings.add(allowed(BucketReading.LIST, bucket));
      tags(bucket, findings);
    }
  }

  private static Checked state(BucketName bucket, BucketState state, boolean create) {
    return switch (state) {
      case USABLE -> Checked.well(BUCKET, bucket.value(), "there");
      case ABSENT ->
          create
              ? Checked.well(BUCKET, bucket.value(), "not there yet: it is made")
              : Checked.wrong(
                  BUCKET, bucket.value(), "there is none", "make it, or say create: true");
      case FOREIGN ->
          Checked.wrong(
              BUCKET,
              bucket.value(),
              "another account has it, or nothing in it may be used",
              "choose another name, or have its policy let Caretaker's role in");
    };
  }

  private void tags(BucketName bucket, List<Checked> findings) {
    try {
      reading.tags(bucket);
      findings.add(allowed(BucketReading.TAGS, bucket));
    } catch (PortException failure) {
      findings.add(failed(BucketReading.TAGS, bucket, failure));
    }
  }

  private static Checked allowed(String action, BucketName bucket) {
    return Checked.well(ACTION, action, "allowed on " + bucket);
  }

  private static Checked failed(String action, BucketName bucket, PortException failure) {
    var sentence = String.valueOf(failure.getMessage());
    return switch (failure.kind()) {
      case DENIED -> Checked.wrong(ACTION, action, sentence, GRANT);
      case REFUSED -> Checked.wrong(BUCKET, bucket.value(), sentence, "correct spec.buckets");
      case UNREACHABLE, UNKNOWN_OUTCOME -> Checked.untold(ACTION, action, sentence);
    };
  }

  @Override
  public void close() {
    s3.close();
  }
}
