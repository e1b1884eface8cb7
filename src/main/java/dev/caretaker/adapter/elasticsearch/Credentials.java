package dev.caretaker.adapter.elasticsearch;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What a cluster asks of those who call it. None of them ever shows its secret as text. */
public sealed interface Credentials {

  /** A user and a password. */
  record Basic(String user, String password) implements Credentials {
    @Override
    public String header() {
      var pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
      return "Basic " + Base64.getEncoder().encodeToString(pair);
    }

    @Override
    public String toString() {
      return "Basic(" + user + ")";
    }
  }

  /** An API key in the encoded form, as the engine hands it out. */
  record ApiKey(String encoded) implements Credentials {
    @Override
    public String header() {
      return "ApiKey " + encoded;
    }

    @Override
    public String toString() {
      return "ApiKey";
    }
  }

  /** A bearer token. */
  record Token(String value) implements Credentials {
    @Override
    public String header() {
      return "Bearer " + value;
    }

    @Override
    public String toString() {
      return "Token";
    }
  }

  /** The value of the Authorization header: secret. */
  String header();
}
