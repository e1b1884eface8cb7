package dev.caretaker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.elasticsearch.Privilege;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What people are told to grant is what is asked for, no more and no less. */
class DocumentedRoleTest {
  @Test
  void shouldGrantExactlyWhatCaretakerNeeds() throws IOException {
    var role = DocumentedRole.read();
    int granted = role.path("cluster").size();
    for (var index : role.path("indices")) {
      granted += index.path("privileges").size();
    }

    for (var privilege : Privilege.values()) {
      assertThat(DocumentedRole.list(role, privilege))
          .extracting(each -> each.asText())
          .contains(privilege.granted());
    }
    assertThat(granted).isEqualTo(Privilege.values().length);
    assertThat(role.at("/indices/0/names/0").asText()).isEqualTo("*");
    assertThat(role.at("/indices/1/names/0").asText()).isEqualTo(DocumentedRole.PROBE);
  }
}
