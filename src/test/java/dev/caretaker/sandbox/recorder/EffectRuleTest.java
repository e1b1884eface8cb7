package dev.caretaker.sandbox.recorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectRuleTest {

  private static final String OBJECT =
      "/apis/caretaker.dev/v1alpha1/namespaces/default/esclusters/activedata";

  @ParameterizedTest
  @CsvSource({
    "ENGINE, PUT, /_cluster/settings, '', true",
    "ENGINE, PUT, /logs/_settings, '', true",
    "ENGINE, POST, /_flush, '', true",
    "ENGINE, POST, /_cluster/reroute, 'metric=none', true",
    "ENGINE, POST, /_cluster/reroute, 'dry_run=true&metric=none', false",
    "ENGINE, POST, /_cluster/reroute, 'explain=true&dry_run', false",
    "ENGINE, POST, /_cluster/reroute, 'dry_run=false', true",
    "ENGINE, GET, /_cluster/allocation/explain, '', false",
    "ENGINE, POST, /_cluster/allocation/explain, '', false",
    "ENGINE, POST, /logs/_search, '', false",
    "ENGINE, POST, /_security/user/_has_privileges, '', false",
    "ENGINE, POST, /_security/user/es/_password, '', true",
    "ENGINE, POST, /something/new, '', true",
    "HOST, POST, /programs/spot1/stop, 'token=1', true",
    "HOST, GET, /programs/spot1, '', false",
    "KUBERNETES, PUT, /apis/coordination.k8s.io/v1/namespaces/default/leases/caretaker, '', false",
    "KUBERNETES, POST, /api/v1/namespaces/default/events, '', false",
    "KUBERNETES, POST, /apis/authorization.k8s.io/v1/selfsubjectaccessreviews, '', false",
    "KUBERNETES, PATCH, " + OBJECT + "/status, '', true",
    "KUBERNETES, PATCH, " + OBJECT + ", '', true",
    "KUBERNETES, GET, " + OBJECT + ", '', false"
  })
  void shouldTellAChangeFromAQuestion(
      Side side, String method, String path, String query, boolean change) {
    assertThat(EffectRule.asksForChange(side, method, path, Optional.of(query), ""))
        .isEqualTo(change);
  }

  @ParameterizedTest
  @CsvSource({
    "supervisor.stopProcess, true",
    "supervisor.startProcess, true",
    "supervisor.shutdown, true",
    "supervisor.getProcessInfo, false",
    "supervisor.getVersion, false",
    "system.listMethods, false"
  })
  void shouldTellThemInWhatSupervisorctlAsks(String call, boolean change) {
    var body = "<?xml version='1.0'?>\n<methodCall>\n<methodName>" + call + "</methodName>\n";
    var stop = body + "<params>\n<param>\n<value><string>es:spot1</string></value>\n</param>";

    assertThat(EffectRule.asksForChange(Side.HOST, "POST", "/RPC2", Optional.empty(), stop))
        .isEqualTo(change);
    var effect = new Effect(1, Instant.EPOCH, Side.HOST, "POST", "/RPC2", stop);
    assertThat(effect.program()).isEqualTo("spot1");
    assertThat(effect.isStop()).isEqualTo(call.endsWith(".stopProcess"));
    assertThat(effect.asksSupervisord())
        .isEqualTo(call.endsWith("pProcess") || call.endsWith("tProcess"));
  }
}
