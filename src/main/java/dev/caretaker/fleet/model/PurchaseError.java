package dev.caretaker.fleet.model;

import java.util.List;

/**
 * Why EC2 sold less than was asked for.
 *
 * @param code as EC2 names it, such as {@code InsufficientInstanceCapacity}
 */
public record PurchaseError(Kind kind, String code, String message) {

  /** What such an error is about, and so what has to wait. */
  public enum Kind {
    /** This pool has none left for now, or EC2 had trouble with it. */
    CAPACITY,
    /** The account may not have more machines of this class. */
    QUOTA,
    /** The price stands above what may be paid. */
    PRICE,
    /** This type cannot be had here, or not with this template. */
    UNSUPPORTED,
    /** The subnet has no free addresses. */
    ADDRESSES,
    /** Somebody demands tags that the template does not bring; a person must change it. */
    TAGS,
    /** The request itself is wrong; a person must change the spec. */
    REQUEST,
    /** The caller may not do it; a person must change the permissions. */
    DENIED
  }

  /** Types that cannot be had come under codes that mean other things too. */
  private static final List<String> ABOUT_THE_TYPE =
      List.of("not supported in your requested Availability Zone", "architecture");

  /** As service control policies do that ask for tags. */
  private static final String FORBIDDEN_OUTRIGHT = "explicit deny";

  /** How an error of EC2 is to be understood: by its code, and where that says little its words. */
  public static PurchaseError of(String code, String message) {
    var kind =
        switch (code) {
          case "InsufficientInstanceCapacity",
              "UnfulfillableCapacity",
              "InsufficientCapacity",
              "InternalError",
              "InternalFailure",
              "RequestLimitExceeded",
              "ServiceUnavailable",
              "Unavailable" ->
              Kind.CAPACITY;
          case "MaxSpotInstanceCountExceeded", "VcpuLimitExceeded", "InstanceLimitExceeded" ->
              Kind.QUOTA;
          case "SpotMaxPriceTooLow" -> Kind.PRICE;
          case "Unsupported", "UnsupportedOperation", "InvalidInstanceType" -> Kind.UNSUPPORTED;
          case "InsufficientFreeAddressesInSubnet" -> Kind.ADDRESSES;
          case "TagPolicyViolation", "TagPolicyException" -> Kind.TAGS;
          // What no policy allows is a missing right; what a policy forbids is a missing tag.
          case "UnauthorizedOperation" ->
              message.contains(FORBIDDEN_OUTRIGHT) ? Kind.TAGS : Kind.DENIED;
          case "AuthFailure.ServiceLinkedRoleCreationNotPermitted" -> Kind.DENIED;
          default ->
              ABOUT_THE_TYPE.stream().anyMatch(message::contains) ? Kind.UNSUPPORTED : Kind.REQUEST;
        };
    return new PurchaseError(kind, code, message);
  }
}
