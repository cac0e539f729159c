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
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvergenceTest {
    private static final Windows WINDOWS = Windows.BEFORE_DURING_AFTER;

    private final ConvergenceCheck check = new ConvergenceCheck(WINDOWS);
    private final ConvergenceCheck timed = check.within(Duration.ofSeconds(5), Moment.stepFinished("retry"));

    @Test
    void passes_when_everything_serves_the_newest_version() {
        assertPass(check, HistoryBuilder.correct(), "2 keys of 2 serve the newest accepted version");
    }

    @Test
    void names_what_is_served_instead() {
        assertFail(
                check,
                edited("before", "during")
                        .accept("after", "welcome", 4, "c-4")
                        .apply("welcome", 4, "c-4")
                        .look(),
                "'welcome' serves version 3 ('welcome-3') instead of version 4 ('welcome-4'), accepted 'after' at"
                        + " 11 s; read through the public route");
    }

    @Test
    void a_deleted_thing_must_be_gone() {
        HistoryBuilder history = edited("before", "during").acceptDeletion("after", "welcome", 4, "c-4");
        assertFail(
                check,
                history.look(),
                "'welcome' serves version 3 ('welcome-3') instead of version 4, which deletes it, accepted 'after'"
                        + " at 11 s; read through the public route");

        assertPass(check, history.serveNothing("welcome").look(), "1 key of 1 serves the newest accepted version");
    }

    @Test
    void the_right_content_as_another_version_is_not_what_was_accepted() {
        assertFail(
                check,
                edited("before", "during", "after")
                        .serve("welcome", 5, "welcome-4")
                        .look(),
                "'welcome' serves version 5 ('welcome-4') instead of version 4 ('welcome-4'), accepted 'after' at"
                        + " 11 s; read through the public route");
    }

    @Test
    void a_thing_that_was_never_read_is_not_served() {
        assertThat(check.judge(edited("before", "during", "after")
                                .accept("after", "digest", 2, "d-2")
                                .apply("digest", 2, "d-2")
                                .look()
                                .events())
                        .reason())
                .startsWith("'digest' was never read");
    }

    @Test
    void a_change_of_unknown_outcome_takes_the_place_of_older_ones_alone() {
        for (long version : List.of(3, 4)) {
            assertThat(check.judge(edited("before", "during", "after")
                                    .unknown("after", "welcome", "perhaps")
                                    .serve("welcome", version, "perhaps")
                                    .look()
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @Test
    void a_change_of_unknown_outcome_may_be_served() {
        assertThat(check.judge(edited("before", "during", "after")
                                .unknown("after", "welcome", "perhaps")
                                .serve("welcome", 5, "perhaps")
                                .look()
                                .events())
                        .verdict())
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void says_how_long_it_took() {
        Judgement judgement = assertJudged(
                timed,
                edited("before", "during", "after").step("retry").look(),
                Verdict.PASS,
                "What is served equalled what was accepted 0 ms after the end of step 'retry'");

        assertThat(judgement.margin()).contains(1.0);
        assertThat(timed.expectation())
                .isEqualTo("what is served equals what was accepted within 5 s of the end of step 'retry'");
    }

    @Test
    void too_late_is_a_failure_with_the_time() {
        HistoryBuilder history = edited("before", "during").accept("after", "welcome", 4, "c-4");
        history.step("retry").look().look().look().look().look();
        assertFail(
                timed,
                history.serve("welcome", 4).look(),
                "What is served equalled what was accepted 6 s after the end of step 'retry', allowed were 5 s");
    }

    @Test
    void never_is_a_failure_once_the_deadline_was_watched_through() {
        HistoryBuilder history = edited("before", "during").accept("after", "welcome", 4, "c-4");
        history.step("retry").look();
        assertInconclusive(timed, history, "No verdict: the target was watched for only 1 s of 5 s");

        assertFail(
                timed,
                history.look().look().look().look(),
                "'welcome' serves version 3 ('welcome-3') instead of version 4 ('welcome-4'), accepted 'after' at"
                        + " 11 s; read through the public route");
    }

    @Test
    void the_deadline_itself_is_in_time() {
        HistoryBuilder history = edited("before", "during").accept("after", "welcome", 4, "c-4");
        history.step("retry").look().look().look().look().serve("welcome", 4);

        assertThat(timed.judge(history.look().events()).margin()).contains(0.0);
        assertThat(timed.judge(history.events()).verdict()).isEqualTo(Verdict.PASS);
    }

    @Test
    void what_was_served_before_it_was_accepted_counts_from_its_acceptance() {
        assertPass(
                timed,
                edited("before", "during")
                        .step("retry")
                        .serve("welcome", 4)
                        .accept("after", "welcome", 4, "c-4")
                        .look(),
                "What is served equalled what was accepted 3 s after the end of step 'retry'");
    }

    @Test
    void in_time_means_nothing_where_a_window_has_no_change() {
        assertInconclusive(
                timed,
                edited("before", "after").step("retry").look(),
                "No verdict: no change was accepted in window 'during'");
    }

    @Test
    void without_the_moment_there_is_no_verdict() {
        assertInconclusive(
                timed,
                edited("before", "during", "after").look(),
                "No verdict: the end of step 'retry' was never reached");
    }
}
