package dev.caretaker.adapter.sqs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.fleet.model.Announcement;
import dev.caretaker.fleet.model.Announcement.Irrelevant;
import dev.caretaker.fleet.model.Announcement.Malformed;
import dev.caretaker.fleet.model.Announcement.News;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.fleet.model.Notice.Kind;
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventParserTest {
  private static final InstanceId MACHINE = new InstanceId("i-1234567890abcdef0");
  private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
  private static final String WARNING = "EC2 Spot Instance Interruption Warning";

  private static String event(String type, String source, String detail) {
    return String.format(
        """
        {"version":"0","id":"7bf73129-1428-4cd3-a780-95db273d1602","detail-type":"%s",
         "source":"%s","account":"123456789012","time":"2026-11-20T10:00:00Z",
         "region":"us-east-2",
         "resources":["arn:aws:ec2:us-east-2b:instance/i-1234567890abcdef0"],
         "detail":%s}""",
        type, source, detail);
  }

  private static String warning(String action) {
    return event(
        WARNING,
        "aws.ec2",
        "{\"instance-id\":\"i-1234567890abcdef0\",\"instance-action\":\"" + action + "\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"terminate", "stop"})
  void shouldReadAnInterruptionWithItsTwoMinutes(String action) {
    assertThat(EventParser.parse(warning(action)))
        .isEqualTo(
            new News(new Notice(MACHINE, Kind.INTERRUPTION, AT, Optional.of(AT.plusSeconds(120)))));
  }

  @Test
  void shouldGiveNoTimeBeforeHibernation() {
    assertThat(EventParser.parse(warning("hibernate")))
        .isEqualTo(new News(new Notice(MACHINE, Kind.INTERRUPTION, AT, Optional.of(AT))));
  }

  @Test
  void shouldReadARebalanceRecommendation() {
    var body =
        event(
            "EC2 Instance Rebalance Recommendation",
            "aws.ec2",
            "{\"instance-id\":\"i-1234567890abcdef0\"}");

    assertThat(EventParser.parse(body))
        .isEqualTo(new News(new Notice(MACHINE, Kind.REBALANCE, AT, Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({
    "pending, COMES",
    "running, COMES",
    "stopping, GOES",
    "stopped, GOES",
    "shutting-down, GOES",
    "terminated, GOES"
  })
  void shouldReadAChangeOfState(String state, Kind kind) {
    var body =
        event(
            "EC2 Instance State-change Notification",
            "aws.ec2",
            "{\"instance-id\":\"i-1234567890abcdef0\",\"state\":\"" + state + "\"}");

    assertThat(EventParser.parse(body))
        .isEqualTo(new News(new Notice(MACHINE, kind, AT, Optional.empty())));
  }

  @ParameterizedTest
  @CsvSource({
    "AWS Health Event, aws.health",
    "EC2 Spot Instance Request Fulfillment, aws.ec2",
    "EC2 Capacity Reservation Instance Interruption Warning, aws.ec2",
    "EC2 Instance-terminate Lifecycle Action, aws.autoscaling",
    "EC2 Fleet Instance Change, aws.ec2fleet",
    "EC2 Spot Instance Interruption Warning, somebody.else"
  })
  void shouldLeaveOtherEventsAlone(String type, String source) {
    var answer =
        EventParser.parse(event(type, source, "{\"instance-id\":\"i-1234567890abcdef0\"}"));

    assertThat(answer).isInstanceOf(Irrelevant.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"Event\":\"autoscaling:TEST_NOTIFICATION\",\"Service\":\"AWS Auto Scaling\"}",
        "{\"LifecycleTransition\":\"autoscaling:EC2_INSTANCE_TERMINATING\"}",
        "{\"detail-type\":7}"
      })
  void shouldLeaveAloneWhatIsNoEvent(String body) {
    assertThat(EventParser.parse(body)).isInstanceOf(Irrelevant.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "[]",
        "null",
        "{\"detail-type\":\"" + WARNING,
        "{\"detail-type\":\"" + WARNING + "\",\"source\":\"aws.ec2\"}",
        "{\"detail-type\":\"" + WARNING + "\",\"source\":\"aws.ec2\",\"detail\":[1]}",
        "{} {}"
      })
  void shouldTellWhatCannotBeRead(String body) {
    assertThat(EventParser.parse(body)).isInstanceOf(Malformed.class);
  }

  @Test
  void shouldReadEveryEventThatTheRuleSends() throws IOException {
    var rule = new ObjectMapper().readTree(new File("manifests/iam/notices-rule.json"));
    var detail = "{\"instance-id\":\"i-1234567890abcdef0\",\"state\":\"running\"}";

    assertThat(rule.path("detail-type")).hasSize(3);
    for (var type : rule.path("detail-type")) {
      var source = rule.path("source").path(0).asText();
      assertThat(EventParser.parse(event(type.asText(), source, detail))).isInstanceOf(News.class);
    }
  }

  @Test
  void shouldTellWhichPartIsWrong() {
    var time = warning("terminate").replace("2026-11-20T10:00:00Z", "yesterday");
    var id = warning("terminate").replace("\"i-1234567890abcdef0\",", "\"db-7\",");

    assertThat(EventParser.parse(time))
        .isEqualTo(new Malformed("time is no RFC 3339 time: 'yesterday'"));
    assertThat(EventParser.parse(id))
        .isEqualTo(new Malformed("detail.instance-id is no instance id: 'db-7'"));
  }

  @Test
  void neverFallsOverDeepNesting() {
    assertThat(EventParser.parse("{\"a\":".repeat(100_000))).isInstanceOf(Malformed.class);
  }

  /** Cut anywhere, or with any character put in anywhere, it is read or refused, and no more. */
  @Property(tries = 500)
  void neverThrows(@ForAll @IntRange(max = 400) int at, @ForAll char wrong, @ForAll boolean cut) {
    var whole = warning("terminate");
    int place = Math.min(at, whole.length());
    var body = whole.substring(0, place) + (cut ? "" : wrong + whole.substring(place));

    Announcement read = EventParser.parse(body);

    assertThat(read).isNotNull();
  }
}
