package dev.firedrill.harness.resync;

import static dev.firedrill.harness.resync.HistoryBuilder.edited;
import static dev.firedrill.harness.resync.JudgementAssertions.assertFail;
import static dev.firedrill.harness.resync.JudgementAssertions.assertInconclusive;
import static dev.firedrill.harness.resync.JudgementAssertions.assertJudged;
import static dev.firedrill.harness.resync.JudgementAssertions.assertPass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The backlog is known by name, and what is in it arrives in time. */
class BacklogAndArrivalTest {
    private static final Windows WINDOWS = Windows.BEFORE_DURING_AFTER;

    @Nested
    class Timed_arrival {
        private final ArrivalCheck check =
                new ArrivalCheck(WINDOWS).within(Duration.ofSeconds(5), Moment.stepFinished("retry"));

        @Test
        void counts_from_the_moment_or_from_a_later_acceptance() {
            HistoryBuilder history = edited("before")
                    .accept("during", "welcome", 3, "c-3")
                    .step("retry")
                    .look()
                    .apply("welcome", 3, "c-3");
            Judgement judgement = assertJudged(
                    check,
                    history.accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .look(),
                    Verdict.PASS,
                    "Of 3 accepted changes, 3 were applied and 0 superseded by a newer one; the slowest was change"
                            + " 'c-3' of 'welcome' (version 3, accepted 'during' at 7 s), after 2 s");

            assertThat(judgement.margin()).contains(0.6);
            assertThat(check.expectation())
                    .isEqualTo("every accepted change arrives within 5 s of the end of step 'retry'");
        }

        @Test
        void too_late_is_a_failure_with_the_time() {
            HistoryBuilder history = edited("before", "during").accept("after", "welcome", 4, "c-4");
            history.step("retry").look().look().look().look().look();
            Judgement judgement = assertJudged(
                    check,
                    history.apply("welcome", 4, "c-4").look(),
                    Verdict.FAIL,
                    "Arrived too late: allowed were 5 s; the slowest was change 'c-4' of 'welcome' (version 4, accepted"
                            + " 'after' at 11 s), after 6 s");

            assertThat(judgement.margin().orElseThrow()).isNegative();
        }

        @Test
        void the_deadline_itself_is_in_time() {
            HistoryBuilder history = edited("before", "during").accept("after", "welcome", 4, "c-4");
            history.step("retry").look().look().look().look();
            Judgement judgement = assertJudged(
                    check,
                    history.apply("welcome", 4, "c-4").look(),
                    Verdict.PASS,
                    "Of 3 accepted changes, 3 were applied and 0 superseded by a newer one; the slowest was change"
                            + " 'c-4' of 'welcome' (version 4, accepted 'after' at 11 s), after 5 s");

            assertThat(judgement.margin()).contains(0.0);
        }

        @Test
        void in_time_means_nothing_where_a_window_has_no_change() {
            assertInconclusive(
                    check,
                    edited("before", "after").step("retry").look(),
                    "No verdict: no change was accepted in window 'during'");
        }

        @Test
        void never_is_a_failure_once_the_deadline_was_watched_through() {
            HistoryBuilder history = edited("before", "during").accept("after", "welcome", 4, "c-4");
            history.step("retry").look();
            assertInconclusive(check, history, "No verdict: the target was watched for only 1 s of 5 s");

            history.look().look().look().look();
            assertThat(check.judge(history.events()).verdict()).isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_moment_that_never_came_gives_no_verdict() {
            assertInconclusive(
                    check, HistoryBuilder.correct(), "No verdict: the end of step 'retry' was never reached");
        }
    }

    @Nested
    class Backlog {
        private final BacklogCheck check = new BacklogCheck("GET", "http://shop/jobs", Moment.start());

        private HistoryBuilder outage() {
            return edited("before").accept("during", "welcome", 3, "c-3").accept("during", "digest", 2, "c-30");
        }

        @Test
        void passes_when_every_absent_change_is_named() {
            assertPass(
                    check,
                    outage().asked("GET", "http://shop/jobs", "c-3", "c-30", "c-2"),
                    "It named 3 changes, among them all 2 that were absent from the target");
        }

        @Test
        void fails_when_one_is_not_named() {
            assertFail(
                    check,
                    outage().asked("GET", "http://shop/jobs", "c-30"),
                    "It did not name change 'c-3' of 'welcome' (version 3, accepted 'during' at 7 s), which the target"
                            + " lacks; did the source forget the job?");
        }

        @Test
        void what_was_accepted_after_the_answer_could_not_be_named() {
            assertPass(
                    check,
                    outage().asked("GET", "http://shop/jobs", "c-3", "c-30").accept("after", "welcome", 4, "c-4"),
                    "It named 2 changes, among them all 2 that were absent from the target");
        }

        @Test
        void the_last_answer_counts() {
            assertThat(check.judge(outage().asked("GET", "http://shop/jobs", "c-3", "c-30")
                                    .asked("GET", "http://shop/jobs", "c-3")
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void an_answer_from_before_the_moment_does_not_count() {
            assertInconclusive(
                    new BacklogCheck("GET", "http://shop/jobs", Moment.stepFinished("identified")),
                    outage().asked("GET", "http://shop/jobs", "c-3", "c-30").step("identified"),
                    "No verdict: it was not asked since the end of step 'identified'");
        }

        @Test
        void says_nothing_when_nothing_was_absent_or_nobody_asked() {
            assertInconclusive(
                    check,
                    edited("before").asked("GET", "http://shop/jobs"),
                    "No verdict: every accepted change was at the target by then");
            assertInconclusive(
                    check,
                    outage().asked("GET", "http://shop/others", "c-3", "c-30"),
                    "No verdict: it was not asked since the start");
        }

        @Test
        void says_nothing_when_the_target_could_not_be_read_by_then() {
            assertInconclusive(
                    check,
                    outage().failedLook("HTTP 503").asked("GET", "http://shop/jobs", "c-3", "c-30"),
                    "No verdict: the target could not be read at 10 s (HTTP 503), so that what it had by then is not"
                            + " known");
        }

        @Test
        void an_answer_names_a_change_by_its_whole_id() {
            HistoryBuilder history = outage();

            assertThat(BacklogCheck.named(history.events(), "{\"id\":\"c-30\"}"))
                    .containsExactly("c-30");
            assertThat(BacklogCheck.named(history.events(), "c-3,c-30")).containsExactly("c-3", "c-30");
        }
    }
}
