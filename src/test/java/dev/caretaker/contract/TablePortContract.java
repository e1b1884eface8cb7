package dev.caretaker.contract;

import static dev.caretaker.contract.TableGround.COVERAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.action.PipelineAction.PutTemplate;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.port.PortException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the pipeline's decider relies on, whoever answers for the tables. */
abstract class TablePortContract {
  static final String FRIDAY = "coverage20261127_000000";
  static final String SATURDAY = "coverage20261128_000000";
  static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  private @Nullable TableGround opened;

  /** An empty, healthy cluster. */
  abstract TableGround prepare();

  @BeforeEach
  void open() {
    opened = prepare();
  }

  @AfterEach
  void close() {
    if (opened != null) {
      opened.close();
    }
  }

  TableGround ground() {
    return Objects.requireNonNull(opened);
  }

  void perform(PipelineAction.OnTable action) {
    try {
      ground().port().perform(action);
    } catch (PortException failed) {
      throw new AssertionError(action + " failed", failed);
    }
  }

  PortException refusal(PipelineAction.OnTable action) {
    var failure = catchThrowableOfType(PortException.class, () -> ground().port().perform(action));
    assertThat(failure).as("%s is refused", action).isNotNull();
    assertThat(failure.kind()).isEqualTo(PortException.Kind.REFUSED);
    return failure;
  }

  private void create(String index) {
    perform(new CreateIndex(ground().table(), index));
  }

  private void writeTo(String index, Optional<String> before) {
    perform(new WriteTo(COVERAGE, index, before));
  }

  private IndexView index(String name) {
    return ground().view().indices().stream()
        .filter(index -> index.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name + " in " + ground().view()));
  }

  private static Optional<String> written(TableView view) {
    return view.written().map(IndexView::name);
  }

  @Test
  void shouldShowThatThereIsNothing() {
    var view = ground().view(ground().table(), Optional.of(TableGround.TIME));

    assertThat(view.indices()).isEmpty();
    assertThat(view.lookAlikes()).isEmpty();
    assertThat(view.template()).isEmpty();
    assertThat(view.newest()).isEqualTo(Observed.known(Optional.empty()));
  }

  @Test
  void shouldShowTheTemplateThatWasPut() {
    perform(new PutTemplate(ground().table()));

    assertThat(ground().view().template()).contains(ground().port().fingerprint(ground().table()));
  }

  @Test
  void shouldTellWhichTemplateIsInForce() {
    var before = ground().table();
    perform(new PutTemplate(before));
    var more =
        new Table(
            COVERAGE, before.rollover(), before.keep(), 2, 0, ground().mapping(), Optional.empty());
    assertThat(ground().port().fingerprint(more)).isNotEqualTo(ground().port().fingerprint(before));

    perform(new PutTemplate(more));

    assertThat(ground().view(more, Optional.empty()).template())
        .contains(ground().port().fingerprint(more));
  }

  @Test
  void shouldChangeNothingWhereAMappingIsRefused() {
    perform(new PutTemplate(ground().table()));
    var before = ground().table();
    var bad =
        new Table(
            COVERAGE,
            before.rollover(),
            before.keep(),
            1,
            1,
            ground().refusedMapping(),
            Optional.empty());

    assertThat(refusal(new PutTemplate(bad))).hasMessageContaining("no_such_type");
    assertThat(refusal(new CreateIndex(bad, FRIDAY))).hasMessageContaining("no_such_type");

    var view = ground().view();
    assertThat(view.template()).contains(ground().port().fingerprint(before));
    assertThat(view.indices()).isEmpty();
    assertThat(view.lookAlikes()).isEmpty();
  }

  @Test
  void shouldMakeAnIndexThatIsNotOfTheTableYet() {
    perform(new PutTemplate(ground().table()));

    create(FRIDAY);

    assertThat(ground().view().indices()).isEmpty();
    assertThat(ground().view().lookAlikes()).containsExactly(FRIDAY);
  }

  @Test
  void shouldMakeAnIndexOnce() {
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());
    var before = index(FRIDAY);

    create(FRIDAY);

    assertThat(index(FRIDAY).uuid()).isEqualTo(before.uuid());
    assertThat(index(FRIDAY).createdAt()).isEqualTo(before.createdAt());
  }

  @Test
  void shouldWriteToOneIndexOnly() {
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());
    ground().store(COVERAGE.value(), NOON);
    create(SATURDAY);

    writeTo(SATURDAY, Optional.of(FRIDAY));

    assertThat(ground().view().indices())
        .filteredOn(IndexView::written)
        .extracting(IndexView::name)
        .containsExactly(SATURDAY);
    ground().store(COVERAGE.value(), NOON);
    ground().store(COVERAGE.value(), NOON);
    assertThat(index(FRIDAY).documents()).isEqualTo(1);
    assertThat(index(SATURDAY).documents()).isEqualTo(2);
    assertThat(ground().view().lookAlikes()).isEmpty();
  }

  @Test
  void shouldNotMindToBeToldTwice() {
    create(FRIDAY);
    create(SATURDAY);
    writeTo(FRIDAY, Optional.empty());
    writeTo(SATURDAY, Optional.of(FRIDAY));
    var before = ground().view();

    writeTo(SATURDAY, Optional.of(FRIDAY));

    assertThat(ground().view().indices()).hasSameSizeAs(before.indices());
    assertThat(written(ground().view())).contains(SATURDAY);
  }

  @Test
  void shouldRefuseToSwitchWhereSomebodyElseDid() {
    create(FRIDAY);
    create(SATURDAY);
    writeTo(FRIDAY, Optional.empty());

    assertThat(refusal(new WriteTo(COVERAGE, SATURDAY, Optional.empty())))
        .hasMessageContaining(FRIDAY);
    refusal(new WriteTo(COVERAGE, SATURDAY, Optional.of("coverage20261126_000000")));

    assertThat(written(ground().view())).contains(FRIDAY);
  }

  @Test
  void shouldRefuseToWriteToWhatIsNotThere() {
    refusal(new WriteTo(COVERAGE, FRIDAY, Optional.empty()));

    assertThat(ground().view().indices()).isEmpty();
  }

  /** What a program leaves that writes before its table is there. */
  @Test
  void shouldRefuseAnAliasWhoseNameAnIndexHas() {
    ground().createIndex(COVERAGE.value());
    create(FRIDAY);

    assertThat(refusal(new WriteTo(COVERAGE, FRIDAY, Optional.empty())))
        .hasMessageContaining("named coverage");

    assertThat(ground().view().indices()).isEmpty();
    assertThat(ground().view().lookAlikes()).containsExactly(COVERAGE.value(), FRIDAY);
  }

  @Test
  void shouldTellLookAlikesFromOtherTables() {
    ground().createIndex("coverage20260101_000000");
    ground().createIndex("coverage-2026.01.01");
    ground().createIndex("coverage_summary20261128_000000");
    ground().createIndex("coveragedaily");
    ground().createIndex("discoverage20261128_000000");
    ground().createIndex("coverage220261128_000000");
    ground().addAlias("coverage220261128_000000", new TableName("coverage2"));

    assertThat(ground().view().lookAlikes())
        .containsExactly("coverage-2026.01.01", "coverage20260101_000000");
  }

  @Test
  void shouldTakeAnIndexOfAnyNameThatCarriesTheAlias() {
    ground().createIndex("elsewhere");
    ground().addAlias("elsewhere", COVERAGE);

    assertThat(ground().view().lookAlikes()).isEmpty();
    // Without a word about it, the alias writes to the only index that it has.
    assertThat(written(ground().view())).contains("elsewhere");
    create(FRIDAY);
    writeTo(FRIDAY, Optional.of("elsewhere"));
    assertThat(written(ground().view())).contains(FRIDAY);
    assertThat(ground().view().indices()).hasSize(2);
  }

  @Test
  void shouldDeleteTheIndexThatWasMeant() {
    create(FRIDAY);
    create(SATURDAY);
    writeTo(FRIDAY, Optional.empty());
    writeTo(SATURDAY, Optional.of(FRIDAY));
    var friday = index(FRIDAY);

    perform(new DeleteIndex(COVERAGE, FRIDAY, friday.uuid()));

    assertThat(ground().view().indices()).extracting(IndexView::name).containsExactly(SATURDAY);
    // Once more, it is gone already.
    perform(new DeleteIndex(COVERAGE, FRIDAY, friday.uuid()));
  }

  @Test
  void neverDeletesAnotherIndexOfTheSameName() {
    create(FRIDAY);
    create(SATURDAY);
    writeTo(FRIDAY, Optional.empty());
    writeTo(SATURDAY, Optional.of(FRIDAY));
    var before = index(FRIDAY);
    ground().deleteIndex(FRIDAY);
    ground().createIndex(FRIDAY);

    refusal(new DeleteIndex(COVERAGE, FRIDAY, before.uuid()));

    assertThat(ground().view().lookAlikes()).containsExactly(FRIDAY);
  }

  @Test
  void neverDeletesWhereTheAliasWrites() {
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());

    refusal(new DeleteIndex(COVERAGE, FRIDAY, index(FRIDAY).uuid()));

    assertThat(written(ground().view())).contains(FRIDAY);
  }

  @Test
  void shouldFindTheNewestDocument() {
    create(FRIDAY);
    create(SATURDAY);
    writeTo(FRIDAY, Optional.empty());
    assertThat(newest()).isEqualTo(Observed.known(Optional.empty()));
    ground().store(COVERAGE.value(), NOON);
    writeTo(SATURDAY, Optional.of(FRIDAY));
    ground().store(COVERAGE.value(), NOON.minusSeconds(3600));

    assertThat(newest()).isEqualTo(Observed.known(Optional.of(NOON)));
    assertThat(ground().view().newest()).isEqualTo(Observed.known(Optional.empty()));
    assertThat(ground().view(ground().table(), Optional.of("no-such-field")).newest())
        .isEqualTo(Observed.known(Optional.empty()));
  }

  private Observed<Optional<Instant>> newest() {
    return ground().view(ground().table(), Optional.of(TableGround.TIME)).newest();
  }

  @Test
  void shouldShowTheSnapshotsOfAnIndex() {
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());
    ground().snapshot();
    create(SATURDAY);
    writeTo(SATURDAY, Optional.of(FRIDAY));

    assertThat(snapshotAt(FRIDAY).ifKnown().flatMap(at -> at))
        .hasValueSatisfying(at -> assertThat(at).isAfterOrEqualTo(index(FRIDAY).createdAt()));
    assertThat(snapshotAt(SATURDAY)).isEqualTo(Observed.known(Optional.empty()));
    // Nobody asked.
    assertThat(index(FRIDAY).snapshotAt()).isEqualTo(Observed.known(Optional.empty()));
  }

  @Test
  void shouldCountWhatIsWrittenToAnIndexAndNothingElse() {
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());
    ground().store(COVERAGE.value(), NOON);
    ground().store(COVERAGE.value(), NOON);
    var before = writes(FRIDAY);

    create(SATURDAY);
    writeTo(SATURDAY, Optional.of(FRIDAY));
    ground().store(COVERAGE.value(), NOON);
    ground().snapshot();

    assertThat(before).isGreaterThan(writes(SATURDAY)).isEqualTo(writes(FRIDAY));
    // By its name, as a program does that is late.
    ground().store(FRIDAY, NOON);
    assertThat(writes(FRIDAY)).isGreaterThan(before);
    assertThat(index(FRIDAY).writes()).as("nobody asked").isInstanceOf(Observed.Unknown.class);
  }

  private long writes(String index) {
    return saved(index).writes().ifKnown().orElseThrow();
  }

  @Test
  void neverTakesASnapshotForThatOfALaterIndex() {
    create(FRIDAY);
    ground().snapshot();
    ground().deleteIndex(FRIDAY);
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());

    assertThat(snapshotAt(FRIDAY)).isEqualTo(Observed.known(Optional.empty()));
  }

  @Test
  void shouldShowTheTableWhereItsRepositoryIsMissing() {
    create(FRIDAY);
    writeTo(FRIDAY, Optional.empty());

    assertThat(snapshotAt(FRIDAY)).isInstanceOf(Observed.Unknown.class);
  }

  private Observed<Optional<Instant>> snapshotAt(String index) {
    return saved(index).snapshotAt();
  }

  /** As one is seen that is to be in a snapshot. */
  IndexView saved(String index) {
    var table = ground().table(COVERAGE, Optional.of(TableGround.REPOSITORY));
    return ground().view(table, Optional.empty()).indices().stream()
        .filter(each -> each.name().equals(index))
        .findFirst()
        .orElseThrow();
  }
}
