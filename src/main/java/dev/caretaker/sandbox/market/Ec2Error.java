package dev.caretaker.sandbox.market;

/** An error of EC2, by its code. */
final class Ec2Error extends Exception {
  private static final long serialVersionUID = 1L;

  private final String code;
  private final int status;

  Ec2Error(int status, String code, String message) {
    super(message);
    this.status = status;
    this.code = code;
  }

  /** What the caller did wrong. */
  static Ec2Error of(String code, String message) {
    return new Ec2Error(400, code, message);
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }
}
