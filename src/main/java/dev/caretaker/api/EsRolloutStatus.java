package dev.caretaker.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rollout that goes on, or the last one: what was predicted, and what it took. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EsRolloutStatus(
    @JsonPropertyDescription("The rollout.restartedAt that it is about.") @Size(max = 40)
        @Nullable String restartedAt,
    @JsonPropertyDescription("When its first set began.") @Size(max = 40)
        @Nullable String startedAt,
    @JsonPropertyDescription(
            "Since when sets follow each other; absent while it waits for a window, an approval or"
                + " the end of a pause.")
        @Size(max = 40)
        @Nullable String underWaySince,
    @JsonPropertyDescription("When nothing was left of it; absent while it goes on.")
        @Size(max = 40)
        @Nullable String endedAt,
    @JsonPropertyDescription("The nodes that were bounced for it.") @Size(max = 200)
        @Nullable List<@Size(max = 255) String> nodes,
    @JsonPropertyDescription("What the plan had said of the steps with these nodes, in seconds.")
        @Nullable Long predictedSeconds,
    @JsonPropertyDescription("Seconds in which a set was under way; waits between are not in it.")
        @Nullable Long tookSeconds) {
  /** One that begins now, with nothing counted yet. */
  public static EsRolloutStatus begun(String restartedAt, String now) {
    return new EsRolloutStatus(restartedAt, now, null, null, List.of(), 0L, 0L);
  }

  /** The same with these nodes, for which so much was predicted. */
  public EsRolloutStatus counting(List<String> bounced, long predicted) {
    return with(underWaySince, endedAt, bounced, predicted, tookSeconds);
  }

  /** The same under way since then, or at rest, after so many seconds of work. */
  public EsRolloutStatus timed(@Nullable String since, long took) {
    return with(since, endedAt, nodes, predictedSeconds, took);
  }

  /** The same, over. */
  public EsRolloutStatus ended(String at) {
    return with(null, at, nodes, predictedSeconds, tookSeconds);
  }

  private EsRolloutStatus with(
      @Nullable String since,
      @Nullable String ended,
      @Nullable List<String> bounced,
      @Nullable Long predicted,
      @Nullable Long took) {
    return new EsRolloutStatus(restartedAt, startedAt, since, ended, bounced, predicted, took);
  }
}
