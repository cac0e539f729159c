package dev.firedrill.harness.resync;

import static dev.firedrill.harness.resync.HistoryBuilder.edited;
import static dev.firedrill.harness.resync.JudgementAssertions.assertFail;
import static dev.firedrill.harness.resync.JudgementAssertions.assertInconclusive;
import static dev.firedrill.harness.resync.JudgementAssertions.assertJudged;
import static dev.firedrill.harness.resync.JudgementAssertions.assertPass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DriftTest {
    private final Moment from = Moment.stepFinished("all-clear");
    private final Moment to = Moment.stepFinished("found");
    private final WorkCheck some = new DriftCheck(DriftCheck.Demand.SOME_ABSENT, from, to);
    private final WorkCheck none = new DriftCheck(DriftCheck.Demand.NONE_ABSENT, from, to);

    private HistoryBuilder drifted() {
        return edited("before")
                .accept("during", "welcome", 3, "c-3")
                .accept("during", "digest", 2, "d-2")
                .step("all-clear")
                .look()
                .step("found")
                .look();
    }

    @Test
    void is_counted_with_its_age() {
        Drift drift = Drift.between(drifted().events(), Duration.ofSeconds(6), Duration.ofSeconds(11));

        assertThat(drift.points())
                .containsExactly(
                        new Drift.Point(Duration.ofSeconds(6), 0, Duration.ZERO),
                        new Drift.Point(Duration.ofSeconds(7), 1, Duration.ZERO),
                        new Drift.Point(Duration.ofSeconds(9), 2, Duration.ofSeconds(2)),
                        new Drift.Point(Duration.ofSeconds(11), 2, Duration.ofSeconds(4)));
        assertThat(drift.most()).isEqualTo(2);
        assertThat(drift.fewest()).isZero();
        assertThat(drift.goneAt()).isEmpty();
    }

    @Test
    void has_a_point_where_it_changes_and_no_other() {
        HistoryBuilder history = drifted().apply("digest", 9, "not-of-the-ledger-but-newer");
        history.apply("digest", 10, "and-another");

        assertThat(Drift.between(history.events(), Duration.ofSeconds(9), Duration.ofSeconds(20))
                        .points())
                .extracting(Drift.Point::at)
                .containsExactly(Duration.ofSeconds(9), Duration.ofSeconds(14), Duration.ofSeconds(20));
    }

    @Test
    void goes_on_while_only_another_change_of_the_same_version_was_applied() {
        HistoryBuilder history = edited("before")
                .accept("during", "welcome", 3, "c-3")
                .apply("welcome", 3, "x-3")
                .step("all-clear")
                .look()
                .step("found")
                .look();

        assertPass(some, history, "1 accepted change or more absent all the time");
    }

    @Test
    void lies_between_two_moments_that_both_came_in_this_order() {
        List<TimelineEvent> events = drifted().events();

        assertThat(Drift.between(events, from, to).orElseThrow().fewest()).isEqualTo(2);
        assertThat(Drift.between(events, to, from)).isEmpty();
        assertThat(Drift.between(events, from, Moment.stepFinished("never"))).isEmpty();
    }

    @Test
    void ends_when_the_last_change_is_applied_or_superseded() {
        HistoryBuilder history = drifted()
                .apply("digest", 2, "d-2")
                .accept("after", "welcome", 4, "c-4")
                .apply("welcome", 4, "c-4");

        assertThat(Drift.between(history.events(), Duration.ofSeconds(9), Duration.ofSeconds(20))
                        .goneAt())
                .contains(Duration.ofSeconds(17));
    }

    @Test
    void shows_a_false_all_clear() {
        Judgement judgement =
                assertJudged(some, drifted(), Verdict.PASS, "2 accepted changes or more absent all the time");
        assertThat(judgement.kind()).isEqualTo(ExpectationKind.EFFECT);
        assertThat(judgement.expectation())
                .isEqualTo("accepted changes are absent from the target from the end of step 'all-clear' to the end"
                        + " of step 'found'");
        assertThat(judgement.evidence())
                .containsExactly("at 10 s: 2 absent, the oldest for 3 s", "at 12 s: 2 absent, the oldest for 5 s");

        assertFail(
                none, drifted(), "Up to 2 accepted changes absent from the target; is there a backlog at the source?");
    }

    @Test
    void does_not_show_where_there_is_none() {
        HistoryBuilder history = edited("before", "during")
                .step("all-clear")
                .look()
                .step("found")
                .look();

        assertFail(some, history, "At some moment every accepted change was at the target; read in its log");
        assertPass(none, history, "Every accepted change was at the target all the time");
    }

    @Test
    void is_not_judged_where_the_target_could_not_be_read() {
        HistoryBuilder history = edited("before")
                .accept("during", "welcome", 3, "c-3")
                .step("all-clear")
                .failedLook("HTTP 503")
                .step("found")
                .apply("welcome", 3, "c-3")
                .look();
        String blind = "No verdict: the target could not be read at 9 s (HTTP 503), so that what it had by then is not"
                + " known";

        assertInconclusive(some, history, blind);
        assertInconclusive(none, history, blind);
    }

    @Test
    void a_look_in_time_makes_up_for_one_that_failed() {
        assertPass(
                some,
                edited("before")
                        .accept("during", "welcome", 3, "c-3")
                        .step("all-clear")
                        .failedLook("HTTP 503")
                        .look()
                        .step("found")
                        .look(),
                "1 accepted change or more absent all the time");
    }

    @Test
    void is_not_judged_by_changes_that_came_after_it() {
        assertInconclusive(
                none,
                new HistoryBuilder()
                        .step("all-clear")
                        .step("found")
                        .accept("after", "welcome", 2, "c-2")
                        .apply("welcome", 2, "c-2")
                        .look(),
                "No verdict: no change was accepted before the end of step 'found'");
    }

    @Test
    void is_not_judged_without_changes_looks_or_moments() {
        assertInconclusive(
                none,
                new HistoryBuilder().step("all-clear").step("found").look(),
                "No verdict: no change was accepted before the end of step 'found'");
        assertInconclusive(
                none,
                edited("before").step("all-clear").look().step("found"),
                "No verdict: the target was not read after the end of step 'found'");
        assertInconclusive(
                none,
                edited("before").step("all-clear").look(),
                "No verdict: the end of step 'found' was never reached");
    }
}
