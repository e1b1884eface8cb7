package dev.caretaker.api;

/** What texts of a SpotFleet look like; as {@link Shapes}, for schema and parser alike. */
public final class FleetShapes {
  public static final String MONEY = "^[0-9]{1,9}([.][0-9]{1,9})?$";
  public static final String MONEY_IS = "US dollars, such as \"4.00\"";

  public static final String UTILITY = "^[0-9]{1,9}([.][0-9]{1,3})?$";
  public static final String UTILITY_IS = "a utility, such as \"19\" or \"9.5\"";

  public static final String PERCENT = "^([1-9][0-9]?|100)%$";
  public static final String PERCENT_IS = "a percentage from 1% to 100%";

  /** EC2 keeps prices for 90 days. */
  public static final String LASTS = "^([1-9][0-9]{0,3}m|[1-9][0-9]{0,2}h|([1-9]|[1-8][0-9]|90)d)$";

  public static final String LASTS_IS = "minutes, hours or at most 90 days, such as 15m, 12h or 7d";

  public static final String REGION = "^[a-z]{2}(-[a-z]+){1,3}-[0-9]$";
  public static final String REGION_IS = "a region, such as us-west-2";

  public static final String SUBNET = "^subnet-[0-9a-z]{1,32}$";
  public static final String SUBNET_IS = "the id of a subnet, such as subnet-0bb1c79de3EXAMPLE";

  public static final String INSTANCE = "^i-[0-9a-f]{8,32}$";
  public static final String INSTANCE_IS = "the id of a machine, such as i-0b6624ad3a1f9c7e2";

  public static final String TEMPLATE = "^[A-Za-z0-9().\\-/_]{3,128}$";
  public static final String TEMPLATE_IS = "the name of a launch template";

  public static final String VERSION = "^[1-9][0-9]{0,8}$";

  /** Not {@code $Latest}: a machine that is bought tomorrow is like one of today. */
  public static final String VERSION_IS = "the number of a version, such as \"7\"";

  public static final String TYPE = "^[a-z0-9-]{1,32}[.][a-z0-9-]{1,32}$";
  public static final String TYPE_IS = "an instance type, such as m5d.large";

  public static final String QUEUE = "^[A-Za-z0-9_-]{1,80}([.]fifo)?$";
  public static final String QUEUE_IS = "the name of a queue";

  public static final String RESOURCE = Shapes.SECRET;
  public static final String RESOURCE_IS =
      "the name of a resource: lower case letters, digits, dashes and dots";

  private static final String FACTOR = "([0-9]{1,9}([.][0-9]{1,9})?|vcpus|memoryGiB|storageGB)";

  private static final String TERM = FACTOR + "( *[*/] *" + FACTOR + ")*";
  private static final String SUM = TERM + "( *[-+] *" + TERM + ")*";

  public static final String RULE =
      "^ *(" + SUM + "|(min|max)[(] *" + SUM + "( *, *" + SUM + ")* *[)]) *$";

  public static final String RULE_IS =
      "a sum of products of numbers, vcpus, memoryGiB and storageGB, or min(...) or max(...) of"
          + " such, as min(memoryGiB, storageGB / 50, 60)";

  public static final int LONGEST_RULE = 200;
  public static final int MOST_SUBNETS = 20;
  public static final int MOST_TYPES = 200;
  public static final int MOST_PIPELINES = 20;

  /** That a status lists; a cluster and pipelines see no others. */
  public static final int MOST_MACHINES = 200;

  public static final int MOST_UTILITY = 100_000_000;

  private FleetShapes() {}
}
