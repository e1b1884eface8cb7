package dev.caretaker.pipeline.demand;

import static dev.caretaker.pipeline.demand.AQueue.aQueue;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import org.junit.jupiter.api.Test;

/** It is saved in a status with the rest of the progress. */
class FlowMemoryTest {
  private static final int FEW_KILOBYTES = 16_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addModule(new JavaTimeModule())
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .build();

  @Test
  void shouldComeBackAsItWasSaved() throws JsonProcessingException {
    var memory = aQueue().flow().memory();

    assertThat(JSON.readValue(JSON.writeValueAsString(memory), FlowMemory.class)).isEqualTo(memory);
    assertThat(JSON.readValue(JSON.writeValueAsString(FlowMemory.NONE), FlowMemory.class))
        .isEqualTo(FlowMemory.NONE);
  }

  @Test
  void shouldStaySmall() throws JsonProcessingException {
    var policy = AQueue.POLICY;
    var memory = aQueue().memory();
    for (int minute = 0; minute < 300; minute++) {
      var now = AQueue.NOW.plusSeconds(60L * minute);
      memory =
          Demanding.of(policy, memory, aQueue().holding(100_000 + minute).seen(), now).memory();
    }

    assertThat(memory.samples()).hasSize(FlowMemory.SAMPLES);
    assertThat(JSON.writeValueAsString(memory).length()).isLessThan(FEW_KILOBYTES);
  }
}
