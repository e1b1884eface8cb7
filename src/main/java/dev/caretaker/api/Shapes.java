package dev.caretaker.api;

/**
 * What texts of a spec look like, and how many there may be. The schema and the policy parser take
 * both the expression and the sentence from here, so that they cannot disagree. The expressions
 * mean the same to Java and to RE2, which the API server uses.
 */
public final class Shapes {
  /** The mark and the exclusions join names by commas, slashes and equals signs. */
  public static final String NAME = "^[A-Za-z0-9._-]+$";

  public static final String NAME_IS = "a name of letters, digits, dots, dashes and underscores";

  /** A leading underscore is the engine's own: {@code exclude._name} is not a zone. */
  public static final String ATTRIBUTE = "^[A-Za-z0-9][A-Za-z0-9_-]*$";

  public static final String ATTRIBUTE_IS =
      "the part after node.attr., of letters, digits, dashes and underscores, such as zone";

  public static final String SECRET =
      "^[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*$";

  public static final String SECRET_IS =
      "the name of a Secret: lower case letters, digits, dashes and dots";

  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|[01]?[0-9]{1,2})";

  /** Java's URL reader wants the last part of a name to begin with a letter. */
  private static final String HOST =
      "("
          + OCTET
          + "([.]"
          + OCTET
          + "){3}"
          + "|([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?[.])*[A-Za-z]([A-Za-z0-9-]*[A-Za-z0-9])?)";

  private static final String PORT =
      "(:(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5]?[0-9]{1,4}))?";

  private static final String FOLDER = "(/[A-Za-z0-9._~-]*)*$";

  public static final String ENDPOINT = "^https?://" + HOST + PORT + FOLDER;

  public static final String ENDPOINT_IS =
      "a URL such as https://coordinator:9200, without user or password";

  public static final String KEEPER = "^http://" + HOST + PORT + FOLDER;

  public static final String KEEPER_IS =
      "a URL such as http://127.0.0.1:9800, without user or password";

  /** Empty, too: a field that was emptied by hand. */
  public static final String OWNER = "^([^/\\s]+/[^/\\s]+/[^/\\s]+)?$";

  public static final String OWNER_IS = "namespace/name/uid, as the refusal MarkIsOurs names it";

  public static final String ADDRESS = "^[A-Za-z0-9._:-]*$";

  public static final String ADDRESS_IS = "a host name or an address";

  public static final String INDEX = "^[^\\s\"<>|/?#\\\\]*$";

  public static final String INDEX_IS =
      "an index, an alias or a pattern with *, without spaces and without \" < > | / ? # \\";

  public static final String PATTERN = "^[^\\s\"<>|/?#,\\\\]+$";

  public static final String PATTERN_IS =
      "one index or a pattern with *, without spaces, commas and without \" < > | / ? # \\";

  public static final String DURATION = "^[1-9][0-9]{0,5}(ms|s|m)$";

  public static final String DURATION_IS = "a duration of at most 5m, such as 500ms, 10s or 1m";

  private static final String DAY =
      "((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])"
          + "|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))";

  public static final String TIME =
      "^[12][0-9]{3}-"
          + DAY
          + "T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,9})?"
          + "(Z|[+-](0[0-9]|1[0-7]):[0-5][0-9])$";

  public static final String TIME_IS = "an RFC 3339 time, such as \"2026-11-20T12:00:00Z\"";

  private static final String STEP = "(/[1-9][0-9]?)?";

  private static final String MINUTE = "[0-5]?[0-9]";
  private static final String MINUTES = "([*]|" + MINUTE + "(-" + MINUTE + ")?)" + STEP;

  private static final String HOUR = "([01]?[0-9]|2[0-3])";
  private static final String HOURS = "([*]|" + HOUR + "(-" + HOUR + ")?)" + STEP;

  private static final String MONTH_DAY = "(0?[1-9]|[12][0-9]|3[01])";
  private static final String MONTH_DAYS = "([*]|" + MONTH_DAY + "(-" + MONTH_DAY + ")?)" + STEP;

  private static final String MONTH =
      "(0?[1-9]|1[0-2]|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)";
  private static final String MONTHS = "([*]|" + MONTH + "(-" + MONTH + ")?)" + STEP;

  private static final String WEEKDAY = "([0-7]|SUN|MON|TUE|WED|THU|FRI|SAT)";
  private static final String WEEKDAYS = "([*]|" + WEEKDAY + "(-" + WEEKDAY + ")?)" + STEP;

  public static final String SCHEDULE =
      "^"
          + MINUTES
          + "(,"
          + MINUTES
          + ")* "
          + HOURS
          + "(,"
          + HOURS
          + ")* "
          + MONTH_DAYS
          + "(,"
          + MONTH_DAYS
          + ")* "
          + MONTHS
          + "(,"
          + MONTHS
          + ")* "
          + WEEKDAYS
          + "(,"
          + WEEKDAYS
          + ")*$";

  public static final String SCHEDULE_IS =
      "five fields as cron has them (minute hour day month weekday), such as 0 2 * * 1-5";

  public static final String LASTS = "^[1-9][0-9]{0,2}(m|h)$";
  public static final String LASTS_IS = "minutes or hours, such as 90m or 4h";

  public static final String TIME_ZONE = "^[A-Za-z]+(/[A-Za-z0-9_+-]+)*$";
  public static final String TIME_ZONE_IS = "a time zone, such as Europe/Berlin or UTC";

  /** Empty, too: a field that was emptied by hand. */
  public static final String PLAN = "^([0-9a-f]{12})?$";

  public static final String PLAN_IS = "the hash of a plan, 12 of 0-9 and a-f in quotes, or empty";

  public static final String REASON = "\\S";
  public static final String REASON_IS = "a sentence that says why this is acceptable";

  public static final String USER = "^[A-Za-z_][A-Za-z0-9_.-]*$";
  public static final String USER_IS = "a user name, such as ec2-user";

  public static final String MACHINE = "^[A-Za-z0-9._:-]+$";

  public static final String KNOWN_HOSTS = "\\S";
  public static final String KNOWN_HOSTS_IS = "lines of OpenSSH's known_hosts";

  /** No dash in front: no program can be taken for an option. */
  public static final String PROGRAM =
      "^([A-Za-z0-9_.@]|[{]node[}])([A-Za-z0-9_.@-]|[{]node[}])*"
          + "(:([A-Za-z0-9_.@-]|[{]node[}])+)?$";

  public static final String PROGRAM_IS =
      "a program such as es or group:es, or a unit such as elasticsearch.service;"
          + " {node} stands for the name of the node";

  public static final String PATH = "^/[A-Za-z0-9_./@-]*$";
  public static final String PATH_IS = "an absolute path without blanks";

  public static final int LONGEST_USER = 32;
  public static final int LONGEST_KNOWN_HOSTS = 65_536;

  public static final int MOST_ENDPOINTS = 20;
  public static final int MOST_ZONES = 20;
  public static final int MOST_NODES = 200;
  public static final int MOST_FLEETS = 20;
  public static final int MOST_ACCEPTED = 20;
  public static final int MOST_WINDOWS = 10;
  public static final int MOST_INDICES = 100;
  public static final int LONGEST_URL = 300;
  public static final int LONGEST_OWNER = 700;
  public static final int LONGEST_NAME = 255;
  public static final int LONGEST_ZONE = 63;
  public static final int LONGEST_SECRET = 253;
  public static final int LONGEST_TIME = 40;
  public static final int LONGEST_DURATION = 10;
  public static final int LONGEST_SCHEDULE = 100;
  public static final int LONGEST_TIME_ZONE = 63;
  public static final int LONGEST_PLAN = 12;
  public static final int LONGEST_REASON = 500;

  private Shapes() {}
}
