package dev.caretaker.sandbox.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * What people have in Git, checked out into a folder: one file an object. It changes between two
 * checkouts, never while a tool reads one.
 */
public final class Repository {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final Path folder;
  private final ReadWriteLock lock = new ReentrantReadWriteLock(true);

  private Repository(Path folder) {
    this.folder = folder;
  }

  /** What is done with one checkout. */
  interface Checkout {
    void use() throws IOException, InterruptedException;
  }

  /** An empty one. */
  public static Repository in(Path folder) throws IOException {
    return new Repository(Files.createDirectories(folder));
  }

  public Path folder() {
    return folder;
  }

  /** Adds an object, or changes it. */
  public void commit(JsonNode object) throws IOException {
    lock.writeLock().lock();
    try {
      YAML.writeValue(file(object).toFile(), object);
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Takes an object out of Git. */
  public void remove(JsonNode object) throws IOException {
    lock.writeLock().lock();
    try {
      Files.delete(file(object));
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Lets a tool read it, several at once. */
  void checkOut(Checkout checkout) throws IOException, InterruptedException {
    lock.readLock().lockInterruptibly();
    try {
      checkout.use();
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Everything that is in it now. */
  List<GenericKubernetesResource> objects() throws IOException {
    var objects = new ArrayList<GenericKubernetesResource>();
    try (Stream<Path> files = Files.list(folder)) {
      for (var file : files.filter(each -> each.toString().endsWith(".yaml")).toList()) {
        objects.add(YAML.readValue(Files.readString(file), GenericKubernetesResource.class));
      }
    }
    return objects;
  }

  private Path file(JsonNode object) {
    var name = object.path("kind").asText() + "-" + object.path("metadata").path("name").asText();
    return folder.resolve(name + ".yaml");
  }
}
