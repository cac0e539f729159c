package dev.firedrill.harness.resync;

import static dev.firedrill.harness.resync.HistoryBuilder.edited;
import static dev.firedrill.harness.resync.JudgementAssertions.assertFail;
import static dev.firedrill.harness.resync.JudgementAssertions.assertInconclusive;
import static dev.firedrill.harness.resync.JudgementAssertions.assertJudged;
import static dev.firedrill.harness.resync.JudgementAssertions.assertPass;
import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class WorkChecksTest {
    private static final Windows WINDOWS = Windows.BEFORE_DURING_AFTER;

    @Nested
    class Every_check {
        @Test
        void passes_a_correct_history() {
            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertThat(check.judge(HistoryBuilder.correct().events()).verdict())
                        .as(check.expectation())
                        .isEqualTo(Verdict.PASS);
            }
        }

        @Test
        void names_the_window_without_a_change() {
            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertInconclusive(
                        check,
                        edited("before", "after").look(),
                        "No verdict: no change was accepted in window 'during'");
            }
        }

        @Test
        void does_not_count_refused_changes_as_changes_of_a_window() {
            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertInconclusive(
                        check,
                        edited("before", "after")
                                .refuse("during", "welcome", "x")
                                .look(),
                        "No verdict: no change was accepted in window 'during'");
            }
        }

        @Test
        void wants_the_same_key_in_all_windows() {
            HistoryBuilder history = edited("before", "after")
                    .accept("during", "digest", 2, "d-2")
                    .apply("digest", 2, "d-2")
                    .serve("digest", 2)
                    .look();

            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertInconclusive(
                        check, history, "No verdict: no key was changed in all of the windows before, during, after");
            }
        }

        @Test
        void says_nothing_of_a_target_that_was_not_read_after_the_last_change() {
            HistoryBuilder history = edited("before", "during").look();
            history.accept("after", "welcome", 4, "c-4").failedLook("connection refused");

            assertInconclusive(
                    new OnceCheck(WINDOWS),
                    history,
                    "No verdict: the target was last read at 10 s, before the last change was accepted"
                            + " (connection refused)");
        }

        @Test
        void says_nothing_of_a_target_that_cannot_be_read_any_more() {
            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertInconclusive(
                        check,
                        HistoryBuilder.correct().failedLook("HTTP 503"),
                        "No verdict: the target was last read at 18 s, and could not be read since (HTTP 503)");
            }
        }

        /** Its log was read once more after the last change, and what it serves was not. */
        @Test
        void blames_nothing_that_was_served_before_the_target_could_not_be_read_any_more() {
            HistoryBuilder history = edited("before", "during").look();
            history.accept("after", "welcome", 4, "c-4")
                    .apply("welcome", 4, "c-4")
                    .failedLook("HTTP 503");

            for (WorkCheck check : List.of(new ConvergenceCheck(WINDOWS), new LostUpdateCheck(WINDOWS))) {
                assertInconclusive(
                        check,
                        history,
                        "No verdict: the target was last read at 10 s, before the last change was accepted (HTTP 503)");
            }
        }

        @Test
        void believes_a_target_that_can_be_read_again() {
            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertThat(check.judge(HistoryBuilder.correct()
                                        .failedLook("HTTP 503")
                                        .look()
                                        .events())
                                .verdict())
                        .as(check.expectation())
                        .isEqualTo(Verdict.PASS);
            }
        }

        @Test
        void says_nothing_of_a_target_that_was_never_read() {
            assertInconclusive(
                    new OnceCheck(WINDOWS),
                    edited("before", "during", "after"),
                    "No verdict: the target was never read");
        }

        @Test
        void says_nothing_of_an_empty_journal() {
            for (WorkCheck check : WorkCheck.all(WINDOWS)) {
                assertInconclusive(
                        check, new HistoryBuilder(), "No verdict: no change was accepted in window 'before'");
            }
        }
    }

    @Nested
    class Arrival {
        private final WorkCheck check = new ArrivalCheck(WINDOWS);

        @Test
        void names_the_change_that_superseded_another() {
            Judgement judgement = assertJudged(
                    check,
                    HistoryBuilder.correct(),
                    Verdict.PASS,
                    "Of 4 accepted changes, 3 were applied and 1 superseded by a newer one");

            assertThat(judgement.evidence())
                    .containsExactly("change 'c-2' of 'welcome' (version 3, accepted 'during' at 8 s) was superseded by"
                            + " change 'c-4' (version 4), and refused as stale");
        }

        @Test
        void names_the_change_that_was_lost() {
            assertFail(
                    check,
                    edited("before", "during")
                            .accept("after", "welcome", 4, "c-4")
                            .look(),
                    "Change 'c-4' of 'welcome' (version 4, accepted 'after' at 11 s) was lost: the target applied"
                            + " neither it nor a newer version; read in the target's log (2 lines); is its job still"
                            + " pending or failed at the source?");
        }

        @Test
        void a_change_that_was_received_but_not_applied_is_lost() {
            assertFail(
                    check,
                    edited("before", "during")
                            .accept("after", "welcome", 4, "c-4")
                            .log("welcome", 4, "c-4", "stale", null)
                            .look(),
                    "Change 'c-4' of 'welcome' (version 4, accepted 'after' at 11 s) was lost: the target applied"
                            + " neither it nor a newer version, though it received it; read in the target's log (3"
                            + " lines); is its job still pending or failed at the source?");
        }

        @Test
        void a_loss_is_a_failure_even_if_a_window_is_starved() {
            assertThat(check.judge(edited("before")
                                    .accept("during", "welcome", 3, "c-3")
                                    .look()
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void another_change_of_the_same_version_supersedes_nothing() {
            HistoryBuilder history = edited("before", "during")
                    .accept("after", "welcome", 4, "c-4")
                    .apply("welcome", 4, "x-4")
                    .look();

            assertThat(check.judge(history.events()).reason())
                    .startsWith("Change 'c-4' of 'welcome' (version 4, accepted 'after' at 11 s) was lost");
        }

        @Test
        void a_change_of_another_window_is_none_of_its_business() {
            assertPass(
                    new ArrivalCheck(Windows.of("before")),
                    edited("before").accept("during", "welcome", 3, "c-3").look(),
                    "Of 1 accepted change, 1 was applied and 0 superseded by a newer one");
        }

        @Test
        void changes_that_were_all_superseded_unseen_prove_nothing() {
            assertInconclusive(
                    check,
                    edited("before")
                            .accept("during", "welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .serve("welcome", 4)
                            .look(),
                    "No verdict: every change of window 'during' was superseded before one of them reached the target:"
                            + " edit a key there that is not edited later");
        }
    }

    @Nested
    class Once {
        private final WorkCheck check = new OnceCheck(WINDOWS);

        @Test
        void passes_and_counts() {
            assertPass(check, HistoryBuilder.correct(), "3 changes applied, none twice");
        }

        @Test
        void names_a_change_that_was_applied_twice() {
            assertFail(
                    check,
                    edited("before", "during", "after")
                            .apply("welcome", 4, "c-4")
                            .look(),
                    "Change 'c-4' of 'welcome' was applied twice (entries 3 and 4 of the target's log); is applying"
                            + " idempotent by the change's id, and does a retry keep it?");
        }

        @Test
        void names_a_version_that_was_applied_under_two_ids() {
            assertFail(
                    check,
                    edited("before", "during", "after")
                            .apply("welcome", 4, "c-4-again")
                            .look(),
                    "Version 4 of 'welcome' was applied twice, as change 'c-4' (entry 3) and as change 'c-4-again'"
                            + " (entry 4); is applying idempotent by the change's id, and does a retry keep it?");
        }

        @Test
        void needs_something_that_was_applied() {
            assertInconclusive(
                    check,
                    new HistoryBuilder()
                            .accept("before", "welcome", 2, "c-2")
                            .accept("during", "welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .look(),
                    "No verdict: the target applied nothing");
        }

        @Test
        void a_duplicate_that_the_target_left_alone_is_fine() {
            assertPass(
                    check,
                    edited("before", "during", "after")
                            .log("welcome", 4, "c-4", "duplicate", null)
                            .look(),
                    "3 changes applied, none twice");
        }
    }

    @Nested
    class Order {
        private final WorkCheck check = new OrderCheck(WINDOWS);

        @Test
        void passes_and_counts() {
            assertPass(check, HistoryBuilder.correct(), "In 1 succession of applies, the version always rose");
        }

        @Test
        void names_the_late_change_and_what_it_overwrote() {
            assertFail(
                    check,
                    edited("before")
                            .accept("during", "welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .apply("welcome", 3, "c-3")
                            .look(),
                    "Change 'c-3' of 'welcome' (version 3, accepted 'during') was applied as entry 3 over the newer"
                            + " change 'c-4' (version 4, entry 2); does the target compare versions before it"
                            + " applies?");
        }

        @Test
        void needs_something_that_was_applied_more_than_once() {
            assertInconclusive(
                    check,
                    new HistoryBuilder()
                            .accept("before", "welcome", 2, "c-2")
                            .accept("during", "welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .look(),
                    "No verdict: no key was applied more than once; let a key be edited again");
        }
    }

    @Nested
    class Lost_updates {
        private final WorkCheck check = new LostUpdateCheck(WINDOWS);

        @Test
        void passes_and_counts() {
            assertPass(check, HistoryBuilder.correct(), "What was applied last is served (2 keys compared)");
        }

        @Test
        void names_an_update_that_was_vouched_for_and_is_not_served() {
            assertFail(
                    check,
                    edited("before", "during")
                            .accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .look(),
                    "Change 'c-4' of 'welcome' (version 4) is in the target's log as applied, but the public route"
                            + " serves version 3; does the target answer before its write is safe?");
        }

        @Test
        void names_two_changes_that_were_given_one_version() {
            assertFail(
                    check,
                    edited("before", "during", "after")
                            .accept("after", "welcome", 4, "c-4b")
                            .look(),
                    "Changes 'c-4' and 'c-4b' were both accepted as version 4 of 'welcome': only one can last; does the"
                            + " target answer before its write is safe?");
        }

        @Test
        void what_was_applied_and_is_served_no_more_is_lost_unless_that_change_deleted_it() {
            assertFail(
                    check,
                    edited("before", "during")
                            .acceptDeletion("during", "digest", 2, "d-2")
                            .accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .serveNothing("welcome")
                            .look(),
                    "Change 'c-4' of 'welcome' (version 4) is in the target's log as applied, but the public route"
                            + " serves nothing; does the target answer before its write is safe?");
        }

        @Test
        void needs_something_that_was_both_applied_and_read() {
            assertInconclusive(
                    check,
                    new HistoryBuilder()
                            .accept("before", "welcome", 2, "c-2")
                            .apply("welcome", 2, "c-2")
                            .accept("during", "welcome", 3, "c-3")
                            .apply("welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .apply("welcome", 4, "c-4")
                            .look(),
                    "No verdict: nothing was both applied and read");
        }

        @Test
        void an_applied_deletion_serves_nothing() {
            assertThat(check.judge(edited("before", "during")
                                    .acceptDeletion("after", "welcome", 4, "c-4")
                                    .log("welcome", 4, "c-4", "applied", null)
                                    .serveNothing("welcome")
                                    .look()
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }
    }

    @Nested
    class Resurrection {
        private final WorkCheck check = new ResurrectionCheck(WINDOWS);

        @Test
        void passes_and_counts() {
            assertPass(check, HistoryBuilder.correct(), "3 versions went away and stayed away");
        }

        @Test
        void names_a_version_that_came_back() {
            assertFail(
                    check,
                    edited("before", "during", "after").serve("welcome", 3).look(),
                    "Version 3 of 'welcome' came back at 14 s, after version 4 had been served; read through the public"
                            + " route; was an old state restored, or an old change replayed?");
        }

        @Test
        void names_what_came_back_after_its_deletion() {
            assertFail(
                    check,
                    edited("before", "during")
                            .acceptDeletion("after", "welcome", 4, "c-4")
                            .serveNothing("welcome")
                            .serve("welcome", 3)
                            .look(),
                    "Version 3 of 'welcome' came back at 13 s, after its deletion (version 4); read"
                            + " through the public route; was an old state restored, or an old change replayed?");
        }

        @Test
        void what_is_made_anew_after_a_deletion_is_no_resurrection() {
            assertThat(check.judge(edited("before", "during")
                                    .acceptDeletion("after", "welcome", 4, "c-4")
                                    .serveNothing("welcome")
                                    .accept("after", "welcome", 5, "c-5")
                                    .serve("welcome", 5)
                                    .look()
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void needs_something_that_went_away() {
            assertInconclusive(
                    check,
                    new HistoryBuilder()
                            .accept("before", "welcome", 2, "c-2")
                            .accept("during", "welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .serve("welcome", 4)
                            .look(),
                    "No verdict: the public route was not seen to replace or delete anything");
        }
    }

    @Nested
    class Phantoms {
        private final WorkCheck check = new PhantomCheck(WINDOWS);

        @Test
        void passes_and_counts() {
            assertPass(check, HistoryBuilder.correct(), "The target's log (4 lines) stems from the ledger");
        }

        @Test
        void names_a_change_that_nobody_accepted() {
            assertFail(
                    check,
                    edited("before", "during", "after")
                            .apply("welcome", 9, "x-9")
                            .look(),
                    "Change 'x-9' of 'welcome' (version 9, applied as entry 4) reached the target, but was never"
                            + " accepted; does the source retry under new ids, or does somebody else edit the same"
                            + " things?");
        }

        @Test
        void a_refused_change_must_not_arrive() {
            assertThat(check.judge(edited("before", "during", "after")
                                    .refuse("after", "welcome", "no")
                                    .log("welcome", 5, "r-5", "applied", "no")
                                    .look()
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_change_of_unknown_outcome_may_arrive_under_one_id_but_not_under_two() {
            HistoryBuilder history = edited("before", "during", "after")
                    .unknown("after", "welcome", "perhaps")
                    .log("welcome", 5, "u-5", "applied", "perhaps")
                    .log("welcome", 5, "u-5", "duplicate", "perhaps")
                    .look();
            Judgement judgement = check.judge(history.events());
            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.evidence())
                    .containsExactly("change 'u-5' of 'welcome' (version 5, applied as entry 4) stems from operation 4,"
                            + " whose outcome was unknown");

            history.log("welcome", 6, "u-6", "applied", "perhaps").look();
            assertThat(check.judge(history.events()).verdict()).isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_deletion_of_unknown_outcome_does_not_take_the_place_of_a_change() {
            assertThat(check.judge(edited("before", "during", "after")
                                    .unknown("after", "welcome", "perhaps")
                                    .unknown("after", "welcome", null)
                                    .log("welcome", 6, "u-6", "applied", null)
                                    .log("welcome", 5, "u-5", "stale", "perhaps")
                                    .look()
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void things_that_the_harness_does_not_edit_are_none_of_its_business() {
            assertPass(
                    check,
                    edited("before", "during", "after")
                            .apply("canary", 7, "x-7")
                            .look(),
                    "The target's log (3 lines) stems from the ledger");
        }

        @Test
        void needs_something_that_arrived() {
            assertInconclusive(
                    check,
                    new HistoryBuilder()
                            .accept("before", "welcome", 2, "c-2")
                            .accept("during", "welcome", 3, "c-3")
                            .accept("after", "welcome", 4, "c-4")
                            .look(),
                    "No verdict: nothing reached the target");
        }
    }
}
