package dev.caretaker.adapter.s3;

import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.Tag;

/** Reads whether buckets are there, and whose they are. */
final class BucketReading {
  /** IAM's word for HeadBucket and for ListObjectsV2. */
  static final String LIST = "s3:ListBucket";

  static final String TAGS = "s3:GetBucketTagging";
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]");

  /** S3 gives reasons to the account that has the bucket, and a bare no to others. */
  private static final String REASON = "not authorized to perform";

  private final S3Access s3;

  BucketReading(S3Access s3) {
    this.s3 = s3;
  }

  BucketState read(BucketName bucket) throws PortException {
    check(bucket);
    try {
      var home = s3.client().headBucket(each -> each.bucket(bucket.value())).bucketRegion();
      if (home != null && !home.isEmpty() && !home.equals(s3.region())) {
        throw S3Failure.elsewhere(bucket, home, s3.region());
      }
      return BucketState.USABLE;
    } catch (S3Exception answer) {
      return switch (answer.statusCode()) {
        case NOT_FOUND -> BucketState.ABSENT;
        // What is wrong is not said to a HEAD: it may as well be the credentials.
        case BAD_REQUEST, FORBIDDEN -> inWords(bucket);
        default -> throw S3Failure.of(LIST, bucket, s3.region(), answer);
      };
    } catch (SdkException failed) {
      throw S3Failure.of(LIST, bucket, s3.region(), failed);
    }
  }

  private static void check(BucketName bucket) throws PortException {
    if (!NAME.matcher(bucket.value()).matches()) {
      throw new PortException(
          Kind.REFUSED,
          "'" + bucket + "' is no name of a bucket: write its name alone into spec.buckets");
    }
  }

  private BucketState inWords(BucketName bucket) throws PortException {
    try {
      s3.client().listObjectsV2(each -> each.bucket(bucket.value()).maxKeys(1));
      return BucketState.USABLE;
    } catch (NoSuchBucketException absent) {
      return BucketState.ABSENT;
    } catch (S3Exception answer) {
      if (S3Failure.isForbidden(answer) && !S3Failure.message(answer).contains(REASON)) {
        return BucketState.FOREIGN;
      }
      throw S3Failure.of(LIST, bucket, s3.region(), answer);
    } catch (SdkException failed) {
      throw S3Failure.of(LIST, bucket, s3.region(), failed);
    }
  }

  /** Its tags; empty where there is no such bucket. */
  Optional<Map<String, String>> tags(BucketName bucket) throws PortException {
    check(bucket);
    return s3.ask(
        TAGS,
        bucket,
        () -> {
          try {
            return Optional.of(
                s3.client().getBucketTagging(each -> each.bucket(bucket.value())).tagSet().stream()
                    .collect(Collectors.toMap(Tag::key, Tag::value)));
          } catch (S3Exception answer) {
            return switch (S3Failure.code(answer)) {
              case "NoSuchTagSet" -> Optional.of(Map.of());
              case "NoSuchBucket" -> Optional.empty();
              default -> throw answer;
            };
          }
        });
  }
}
