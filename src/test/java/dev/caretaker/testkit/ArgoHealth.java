package dev.caretaker.testkit;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.luaj.vm2.LuaTable;
import org.luaj.vm2.LuaValue;
import org.luaj.vm2.lib.jse.JsePlatform;

/** What Argo CD says about an object: a script in Lua decides, run as Argo CD runs it. */
public record ArgoHealth(String script) {

  /** Healthy, Progressing, Degraded, Suspended or Missing, and why. */
  public record Health(String status, String message) {}

  public static ArgoHealth esCluster() throws IOException {
    return of(Path.of("manifests", "argocd", "caretaker.dev", "EsCluster", "health.lua"));
  }

  public static ArgoHealth of(Path script) throws IOException {
    return new ArgoHealth(Files.readString(script));
  }

  /** Of a resource, or of a map of one. */
  public Health of(Object resource) {
    var globals = JsePlatform.standardGlobals();
    globals.set("obj", lua(Serialization.unmarshal(Serialization.asJson(resource), Map.class)));
    var health = globals.load(script, "health.lua").call();
    return new Health(health.get("status").checkjstring(), health.get("message").optjstring(""));
  }

  private static LuaValue lua(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      var table = new LuaTable();
      map.forEach((key, each) -> table.set(String.valueOf(key), lua(each)));
      return table;
    }
    if (value instanceof List<?> list) {
      var table = new LuaTable();
      for (int i = 0; i < list.size(); i++) {
        table.set(i + 1, lua(list.get(i)));
      }
      return table;
    }
    if (value instanceof Number number) {
      return LuaValue.valueOf(number.doubleValue());
    }
    if (value instanceof Boolean bool) {
      return LuaValue.valueOf(bool);
    }
    return value == null ? LuaValue.NIL : LuaValue.valueOf(value.toString());
  }
}
