package dev.caretaker.sandbox.objects;

import java.io.IOException;

/** A bucket as who puts objects into it sees it. */
public final class Bucket {
  private final S3Wire wire;
  private final String name;

  Bucket(S3Wire wire, String name) {
    this.wire = wire;
    this.name = name;
  }

  /**
   * Puts an object, and returns when it is there.
   *
   * @param key of letters that need no escape in a URL
   */
  public void put(String key, String content) throws IOException, InterruptedException {
    wire.put("/" + name + "/" + key, content);
  }
}
