package dev.caretaker.operator;

import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads Secrets by reference. */
public final class SecretReader {
  private static final int FORBIDDEN = 403;

  private final KubernetesClient client;

  public SecretReader(KubernetesClient client) {
    this.client = client;
  }

  /** Reads them anew; one that has gone keeps the value it had. */
  public Secrets read(String namespace, Collection<String> names, Secrets before) {
    var found = new HashMap<String, Map<String, String>>();
    var missing = new TreeSet<String>();
    for (var name : names) {
      var secret = get(namespace, name);
      if (secret != null) {
        found.put(name, decoded(secret));
      } else if (before.byName().containsKey(name)) {
        found.put(name, before.byName().get(name));
      } else {
        missing.add(name);
      }
    }
    return new Secrets(found, missing);
  }

  /** One that may not be read is as good as missing; the condition says which. */
  private @Nullable Secret get(String namespace, String name) {
    try {
      return client.secrets().inNamespace(namespace).withName(name).get();
    } catch (KubernetesClientException failure) {
      if (failure.getCode() == FORBIDDEN) {
        return null;
      }
      throw failure;
    }
  }

  private static Map<String, String> decoded(Secret secret) {
    var values = new TreeMap<String, String>();
    if (secret.getData() != null) {
      var decoder = Base64.getDecoder();
      secret
          .getData()
          .forEach(
              (key, value) ->
                  values.put(key, new String(decoder.decode(value), StandardCharsets.UTF_8)));
    }
    if (secret.getStringData() != null) {
      // An API server never returns these; the in-memory one does.
      values.putAll(secret.getStringData());
    }
    return values;
  }
}
