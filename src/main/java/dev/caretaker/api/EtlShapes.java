package dev.caretaker.api;

/** What texts of an EtlPipeline look like; as {@link Shapes}, for schema and parser alike. */
public final class EtlShapes {
  /** No dot: a queue that keeps an order cannot give a message to many workers at once. */
  public static final String QUEUE = "^[A-Za-z0-9_-]{1,80}$";

  public static final String QUEUE_IS =
      "the name of a standard queue in the operator's own account, not an ARN, a URL or a queue"
          + " of another account";
  public static final String BUCKET = "^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$";
  public static final String BUCKET_IS =
      "the name of a bucket: 3 to 63 lower case letters, digits, dashes and dots, not an ARN or a"
          + " URL";

  /** The names of indices are the alias and a time. */
  public static final String ALIAS = "^[a-z0-9][a-z0-9._-]*$";

  public static final String ALIAS_IS =
      "the name of a table: lower case letters, digits, dots, dashes and underscores";

  /** SQS keeps messages for a minute at least, and for 14 days at most. */
  public static final String RETENTION =
      "^([1-9][0-9]{0,3}m|([1-9][0-9]?|[12][0-9]{2}|3[0-2][0-9]|33[0-6])h|([1-9]|1[0-4])d)$";

  public static final String RETENTION_IS =
      "minutes, hours or at most 14 days, such as 90m, 36h or 14d";

  /** SQS hides a message for twelve hours at most. */
  public static final String VISIBILITY =
      "^([1-9][0-9]{0,3}s|([1-9][0-9]?|[1-6][0-9]{2}|7[01][0-9]|720)m|([1-9]|1[0-2])h)$";

  public static final String VISIBILITY_IS =
      "seconds, minutes or at most 12 hours, such as 90s, 30m or 2h";
  public static final String KEEP = "^[1-9][0-9]{0,3}(m|h|d)$";
  public static final String KEEP_IS = "minutes, hours or days, such as 90m, 36h or 14d";
  public static final String KEY = "^[A-Za-z0-9._-]+$";
  public static final String KEY_IS = "a key of a ConfigMap, such as mapping.json";
  public static final String REPOSITORY = "^[a-z0-9_][a-z0-9._-]*$";
  public static final String REPOSITORY_IS = "the name of a snapshot repository";

  /** No dash in front: no program can be taken for an option. */
  public static final String PROGRAM =
      "^([A-Za-z0-9_.@]|[{]worker[}])([A-Za-z0-9_.@-]|[{]worker[}])*"
          + "(:([*]|([A-Za-z0-9_.@-]|[{]worker[}])+))?$";

  public static final String PROGRAM_IS =
      "a program of supervisord, such as etl, or a group such as etl:*; {worker} stands for the id"
          + " of the machine";
  private static final String PART =
      "[.]?([A-Za-z0-9_@-]|[{]worker[}])([A-Za-z0-9_.@-]|[{]worker[}])*";

  /** No {@code ..}. */
  public static final String DIRECTORY = "^(/" + PART + ")+/?$";

  public static final String DIRECTORY_IS =
      "an absolute path without blanks; {worker} stands for the id of the machine";

  private static final String PLACE = "[A-Za-z0-9._~:/-]+$";

  /** Not even a user with https: what stands there may be a token. */
  public static final String SOURCE =
      "^(https?|file)://"
          + PLACE
          + "|^ssh://([A-Za-z_][A-Za-z0-9_.-]*@)?"
          + PLACE
          + "|^[A-Za-z_][A-Za-z0-9_.-]*@[A-Za-z0-9.-]+:[A-Za-z0-9._~/-]+$";

  public static final String SOURCE_IS =
      "what git clones from, such as https://github.com/mozilla/ActiveData-ETL, without a password"
          + " or a token";
  public static final String BRANCH = "^[A-Za-z0-9_]([A-Za-z0-9._/-]*[A-Za-z0-9_-])?$";
  public static final String BRANCH_IS = "the name of a branch";

  /** Not a branch: a machine that joins tomorrow runs the same as one of today. */
  public static final String REVISION = "^([0-9a-f]{40}|[0-9a-f]{64})$";

  public static final String REVISION_IS =
      "the whole hash of a commit, 40 or 64 of 0-9 and a-f in quotes";
  public static final String COMMAND = "\\S";
  public static final String COMMAND_IS = "a command for a shell";

  /** A field of documents, such as {@code etl.timestamp}. */
  public static final String FIELD = "^[A-Za-z0-9_@][A-Za-z0-9_@.-]*$";

  public static final String FIELD_IS = "a field of the documents, such as etl.timestamp";

  /** S3's keys are any text; these are the ones that need no quoting. */
  public static final String PREFIX = "^[A-Za-z0-9!_.*()/=:,@+-]*$";

  public static final String PREFIX_IS = "the beginning of the keys of objects, or empty";

  private static final String FOLDER = "[.]?[A-Za-z0-9_@-][A-Za-z0-9_.@-]*";

  /** Wildcards in the last part only, no {@code ..}, and never everything below the root. */
  public static final String FILES = "^/(" + FOLDER + "/)+[.]?[A-Za-z0-9_@*-][A-Za-z0-9_.@*-]*$";

  public static final String FILES_IS =
      "an absolute path with a folder, with * in its last part only, such as /tmp/etl/*.log";

  public static final int LONGEST_BUCKET = 63;
  public static final int LONGEST_ALIAS = 200;
  public static final int LONGEST_KEY = 253;
  public static final int LONGEST_SOURCE = 300;
  public static final int LONGEST_BRANCH = 200;
  public static final int LONGEST_REVISION = 64;
  public static final int LONGEST_COMMAND = 2000;
  public static final int LONGEST_PREFIX = 500;
  public static final int MOST_BUCKETS = 20;
  public static final int MOST_TABLES = 20;
  public static final int MOST_FILES = 20;
  public static final int MOST_UPDATED = 1000;

  /** How many minutes {@code x} lasts, to compare one time with another. */
  static final String MINUTES_OF_X =
      "int(x.substring(0, x.size() - 1))"
          + " * (x.endsWith('d') ? 1440 : x.endsWith('h') ? 60 : 1)";

  /** The same of {@code y}. */
  static final String MINUTES_OF_Y =
      "int(y.substring(0, y.size() - 1))"
          + " * (y.endsWith('d') ? 1440 : y.endsWith('h') ? 60 : 1)";

  private EtlShapes() {}
}
