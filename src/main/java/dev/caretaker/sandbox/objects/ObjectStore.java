package dev.caretaker.sandbox.objects;

import dev.caretaker.sandbox.engine.Artifact;
import dev.caretaker.sandbox.engine.EngineStore;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import dev.caretaker.sandbox.keeper.ProgramState;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A real S3Proxy as a process of its own, which keeps objects as files. It takes any credentials,
 * lists as S3 does, and has neither tags of buckets nor blocks of public access.
 */
public final class ObjectStore implements AutoCloseable {
  private static final String VERSION = "4.1.0";
  private static final String KIND = "jar-with-dependencies";
  private static final Artifact PROGRAM =
      new Artifact(
          "org.gaul:s3proxy:" + VERSION + ":jar:" + KIND,
          "s3proxy-" + VERSION + "-" + KIND + ".jar");

  private static final String NAME = "s3proxy";
  private static final Duration TO_START = Duration.ofSeconds(60);

  private final Keeper keeper;
  private final URI endpoint;
  private final S3Wire wire;
  private final Path log;

  private ObjectStore(Keeper keeper, URI endpoint, Path log) {
    this.keeper = keeper;
    this.endpoint = endpoint;
    this.wire = new S3Wire(endpoint);
    this.log = log;
  }

  /**
   * Fetches it unless that was done before, and starts it on a free port of the loopback address.
   *
   * @param directory of its log and its objects; those that are there are served
   * @param progress takes lines for people to read, while they wait
   */
  public static ObjectStore open(Path directory, Consumer<String> progress)
      throws IOException, InterruptedException {
    var program = EngineStore.ofThisUser().fetch(PROGRAM, progress);
    var endpoint = URI.create("http://127.0.0.1:" + FreePorts.take(1).get(0));
    var keeper = Keeper.open(directory);
    var store = new ObjectStore(keeper, endpoint, directory.resolve(NAME + ".log"));
    try {
      keeper.add(store.program(program, directory));
      keeper.start(NAME);
      store.awaitAnswer();
      return store;
    } catch (IOException | InterruptedException | RuntimeException e) {
      keeper.close();
      throw e;
    }
  }

  /** Stops what a killed sandbox left running; says what. */
  public static List<String> cleanUp(Path directory) throws IOException, InterruptedException {
    return Keeper.cleanUp(directory);
  }

  private ProgramSpec program(Path jar, Path directory) throws IOException {
    var objects = directory.resolve("objects");
    Files.createDirectories(objects);
    var settings = directory.resolve(NAME + ".conf");
    Files.writeString(
        settings,
        """
        s3proxy.endpoint=%s
        s3proxy.authorization=none
        jclouds.provider=filesystem-nio2
        jclouds.filesystem.basedir=%s
        jclouds.identity=sandbox
        jclouds.credential=sandbox
        """
            .formatted(endpoint, objects),
        StandardCharsets.ISO_8859_1);
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command =
        List.of(
            java,
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx96m",
            "-jar",
            jar.toString(),
            "--properties",
            settings.toString());
    // Keys become names of files, and those are in the locale's alphabet.
    return new ProgramSpec(NAME, command, Map.of("LC_ALL", "C.UTF-8"), directory, log);
  }

  private void awaitAnswer() throws IOException, InterruptedException {
    var end = Instant.now().plus(TO_START);
    while (!wire.answers()) {
      if (!(keeper.state(NAME) instanceof ProgramState.Running) || Instant.now().isAfter(end)) {
        throw new IOException("S3Proxy does not answer at " + endpoint + ", see " + log);
      }
      Thread.sleep(100);
    }
  }

  /** Where it listens. */
  public URI endpoint() {
    return endpoint;
  }

  /** What a process needs in its environment to take this for S3. */
  public Map<String, String> environment() {
    return Map.of("AWS_ENDPOINT_URL_S3", endpoint.toString());
  }

  /** Makes a bucket as its owner does, before anybody else knows it. */
  public Bucket make(String name) throws IOException, InterruptedException {
    wire.put("/" + name, "");
    return new Bucket(wire, name);
  }

  @Override
  public void close() throws IOException {
    keeper.close();
  }
}
