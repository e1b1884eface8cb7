package dev.caretaker.sandbox.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GitOpsVerdictTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String GOOD =
      """
      {"scenario":"gitops","server":"v1.34.4","forbidden":0,"unusedVerbs":0,"celAccept":38,
       "celReject":124,"uncoveredRules":0,"specFieldsOwned":0,"quietWrites":1,
       "poisonObjectStoppedOthers":false,"namespaceDeleteSeconds":44,"lost":0}
      """;

  @Test
  void shouldSayNothingAgainstAGoodOne() throws JsonProcessingException {
    assertThat(GitOpsVerdict.of(JSON.readTree(GOOD))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "forbidden, 1",
    "unusedVerbs, 1",
    "unusedVerbs, -1",
    "celAccept, 0",
    "celReject, 0",
    "uncoveredRules, 2",
    "specFieldsOwned, 1",
    "quietWrites, 2",
    "poisonObjectStoppedOthers, true",
    "namespaceDeleteSeconds, 181",
    "lost, 1"
  })
  void shouldNameWhatIsBadAndWhatIsMissing(String field, String value)
      throws JsonProcessingException {
    var bad = (ObjectNode) JSON.readTree(GOOD);
    bad.set(field, JSON.readTree(value));
    var without = (ObjectNode) JSON.readTree(GOOD);
    without.remove(field);

    assertThat(GitOpsVerdict.of(bad)).singleElement().asString().startsWith(field);
    assertThat(GitOpsVerdict.of(without)).singleElement().asString().startsWith(field);
  }
}
