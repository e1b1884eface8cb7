package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyExistsException;
import software.amazon.awssdk.services.s3.model.BucketAlreadyOwnedByYouException;
import software.amazon.awssdk.services.s3.model.CreateBucketRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Makes buckets and deletes them. A bucket that is there is never changed, and never claimed. */
final class BucketOrders {
  /** The UID of its EtlPipeline; this alone makes a bucket one that may be deleted with it. */
  static final String PIPELINE = "caretaker.dev/pipeline";

  /** S3's oldest region has no constraint, and makes an own bucket again without a word. */
  private static final String FIRST_REGION = "us-east-1";

  private final S3Access s3;
  private final BucketReading reading;

  BucketOrders(S3Access s3, BucketReading reading) {
    this.s3 = s3;
    this.reading = reading;
  }

  void create(PipelineId pipeline, BucketName bucket) throws PortException {
    var state = reading.read(bucket);
    if (state == BucketState.USABLE) {
      return;
    }
    if (state == BucketState.FOREIGN) {
      throw taken(bucket);
    }
    if (!make(bucket)) {
      return;
    }
    try {
      mark(pipeline, bucket);
    } catch (PortException half) {
      throw new PortException(
          Kind.UNKNOWN_OUTCOME,
          "bucket " + bucket + " was made, but is not set up: " + half.getMessage(),
          half);
    }
  }

  private static PortException taken(BucketName bucket) {
    return new PortException(
        Kind.REFUSED,
        "bucket "
            + bucket
            + " belongs to another account, or nothing in it may be used: names are unique in the"
            + " world, choose another");
  }

  /**
   * Whether it was made now. It may be there by an earlier request of ours that had no answer, or
   * by somebody of the same account: then it is used, and not tagged as ours.
   */
  private boolean make(BucketName bucket) throws PortException {
    try {
      s3.client().createBucket(request(bucket));
      return true;
    } catch (BucketAlreadyOwnedByYouException faster) {
      return false;
    } catch (BucketAlreadyExistsException foreign) {
      throw taken(bucket);
    } catch (SdkException failed) {
      throw S3Failure.of("s3:CreateBucket", bucket, s3.region(), failed);
    }
  }

  private CreateBucketRequest request(BucketName bucket) {
    var request = CreateBucketRequest.builder().bucket(bucket.value());
    if (!s3.region().equals(FIRST_REGION)) {
      request.createBucketConfiguration(each -> each.locationConstraint(s3.region()));
    }
    return request.build();
  }

  /** First whose it is: a bucket without the tag is nobody's to delete. */
  private void mark(PipelineId pipeline, BucketName bucket) throws PortException {
    s3.ask(
        "s3:PutBucketTagging",
        bucket,
        () ->
            s3.client()
                .putBucketTagging(
                    each ->
                        each.bucket(bucket.value())
                            .tagging(
                                tags ->
                                    tags.tagSet(
                                        tag(PIPELINE, pipeline.uid()),
                                        tag("caretaker.dev/namespace", pipeline.namespace()),
                                        tag("caretaker.dev/name", pipeline.name())))));
    s3.ask(
        "s3:PutBucketPublicAccessBlock",
        bucket,
        () ->
            s3.client()
                .putPublicAccessBlock(
                    each ->
                        each.bucket(bucket.value())
                            .publicAccessBlockConfiguration(
                                block ->
                                    block
                                        .blockPublicAcls(true)
                                        .blockPublicPolicy(true)
                                        .ignorePublicAcls(true)
                                        .restrictPublicBuckets(true))));
  }

  private static Tag tag(String key, String value) {
    return Tag.builder().key(key).value(value).build();
  }

  void delete(PipelineId pipeline, BucketName bucket) throws PortException {
    var tags = reading.tags(bucket);
    if (tags.isEmpty()) {
      return;
    }
    if (!pipeline.uid().equals(tags.get().get(PIPELINE))) {
      throw new PortException(
          Kind.REFUSED,
          "bucket "
              + bucket
              + " is not tagged "
              + PIPELINE
              + "="
              + pipeline.uid()
              + ", so it was not made for this pipeline and stays: delete it by hand");
    }
    if (!remove(bucket)) {
      throw new PortException(
          Kind.REFUSED,
          "bucket " + bucket + " holds objects, or versions of some, and stays until it is empty");
    }
  }

  /** Whether it was empty; S3 itself deletes no other. */
  private boolean remove(BucketName bucket) throws PortException {
    return s3.ask(
        "s3:DeleteBucket",
        bucket,
        () -> {
          try {
            s3.client().deleteBucket(each -> each.bucket(bucket.value()));
            return true;
          } catch (S3Exception answer) {
            return switch (S3Failure.code(answer)) {
              case "NoSuchBucket" -> true;
              case "BucketNotEmpty" -> false;
              default -> throw answer;
            };
          }
        });
  }
}
