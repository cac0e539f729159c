package dev.firedrill.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ProbeCheckTest {
    private static final Moment FAULT = Moment.stepFinished("fault");
    private static final Moment END = Moment.stepFinished("end");
    private static final String SOURCE =
            "; looked from outside at http://ingress:8080/v1/status (host api.example.com)";

    @Nested
    class StaysHealthy {
        private Judgement judge(Samples samples) {
            return ProbeCheck.staysHealthy(Samples.PROBE, FAULT, END).judge(samples.events());
        }

        @Test
        void passes_when_no_sample_failed() {
            Judgement judgement =
                    judge(new Samples().step("fault", 0).from(0, "oooooooooo").step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.kind()).isEqualTo(ExpectationKind.INVARIANT);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' had no failure in 1 s (10 of 10 planned samples)" + SOURCE);
        }

        @Test
        void fails_for_a_single_failed_sample() {
            Judgement judgement =
                    judge(new Samples().step("fault", 0).from(0, "oooofooooo").step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' failed once (10 of 10 planned samples), first 400 ms after"
                            + " the end of step 'fault'; last error: HTTP 503 instead of 200" + SOURCE);
            assertThat(judgement.evidence())
                    .containsExactly("2024-06-03T22:36:00.400Z failed: HTTP 503 instead of 200");
        }

        @Test
        void does_not_count_what_failed_outside_of_the_window() {
            assertThat(judge(new Samples()
                                    .from(-500, "fffff")
                                    .step("fault", 0)
                                    .from(0, "oooooooooo")
                                    .step("end", 1000)
                                    .from(1000, "ff"))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void is_inconclusive_until_its_window_is_over() {
            Check check = ProbeCheck.staysHealthy(Samples.PROBE, FAULT, FAULT.plus(Duration.ofSeconds(1)));
            Judgement early =
                    check.judge(new Samples().step("fault", 0).from(0, "oooooo").events());

            assertThat(early.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(early.reason())
                    .isEqualTo("Probe 'public' cannot be judged: of a request that was due 600 ms after the end of step"
                            + " 'fault' nothing is known yet (6 of 10 planned samples, 4 never recorded)" + SOURCE
                            + "; is it still open, or the window not over?");
            assertThat(check.judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "oooooooooo")
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.PASS);
            assertThat(check.judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "oooooof")
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void is_inconclusive_while_a_request_of_its_window_is_open() {
            Samples samples =
                    new Samples().step("fault", 0).from(0, "ooo.oooooo").step("end", 1000);

            assertThat(judge(samples).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(samples).reason()).contains("of a request that was due 300 ms after");
            assertThat(judge(samples.from(300, "m")).verdict()).isEqualTo(Verdict.PASS);
        }

        @Test
        void is_inconclusive_when_the_prober_was_not_there_at_its_end() {
            assertThat(judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "ooooooo")
                                    .step("end", 1000)
                                    .step("a minute later", 60_000))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void does_not_wait_for_samples_that_cannot_come_any_more() {
            Samples samples =
                    new Samples().step("fault", 0).from(0, "ooo...oooo").step("end", 1000);

            assertThat(judge(samples.step("soon", 5000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(samples.step("later", 6000)).reason())
                    .contains("no failure in 1 s (7 of 10 planned samples, 3 never recorded)");
        }

        @Test
        void does_not_wait_for_requests_from_before_its_window() {
            assertThat(judge(new Samples()
                                    .from(-500, "oo...")
                                    .step("fault", 0)
                                    .from(0, "oooooooooo")
                                    .step("end", 1000))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void ticks_that_the_prober_missed_do_not_hold_it_up() {
            assertThat(judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "ooooommmmm")
                                    .step("end", 1000))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void up_to_the_end_of_what_was_seen_requests_may_be_under_way_but_not_hang() {
            Check check = ProbeCheck.staysHealthy(Samples.PROBE, FAULT, Moment.end());
            Samples samples = new Samples().step("fault", 0).from(0, "o".repeat(100));

            assertThat(check.judge(samples.step("soon", 14_000).events()).verdict())
                    .isEqualTo(Verdict.PASS);
            Judgement hanging = check.judge(samples.step("later", 14_001).events());
            assertThat(hanging.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(hanging.reason()).contains("of a request that was due 10 s after the end of step 'fault'");
        }

        @Test
        void does_not_take_the_samples_of_the_other_vantage() {
            ProbeSpec inside = ProbeSpec.inside("public")
                    .service("ingress", 8080)
                    .every(Samples.INTERVAL)
                    .build();

            assertThat(ProbeCheck.staysHealthy(inside, FAULT, END)
                            .judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "oooooooooo")
                                    .step("end", 1000)
                                    .events())
                            .reason())
                    .contains("cannot be judged: 0 of 10 planned samples");
        }

        @Test
        void is_inconclusive_without_any_sample() {
            Judgement judgement = judge(new Samples().step("fault", 0).step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' cannot be judged: 0 of 10 planned samples, 10 never recorded" + SOURCE
                            + "; did the prober run all the time?");
        }

        @Test
        void is_inconclusive_when_more_than_half_of_the_ticks_were_missed() {
            Judgement judgement =
                    judge(new Samples().step("fault", 0).from(0, "oooommmmmm").step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason()).contains("4 of 10 planned samples, 6 ticks missed by the prober");
            assertThat(judgement.evidence()).hasSize(6);
        }

        @Test
        void names_the_missed_ticks_of_a_pass() {
            Judgement judgement =
                    judge(new Samples().step("fault", 0).from(0, "ooommooooo").step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.reason()).contains("(8 of 10 planned samples, 2 ticks missed by the prober)");
        }

        @Test
        void is_inconclusive_when_the_drill_did_not_get_to_the_moment() {
            Judgement judgement = judge(new Samples().from(0, "oooooooooo").step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' cannot be judged: the journal does not have the end of step 'fault';"
                            + " did the drill get that far?");
        }

        @Test
        void is_inconclusive_about_nothing() {
            assertThat(ProbeCheck.staysHealthy(Samples.PROBE, Moment.start(), Moment.end())
                            .judge(List.of())
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Nested
    class Fails {
        private Judgement judge(Samples samples) {
            return ProbeCheck.fails(Samples.PROBE, FAULT, Duration.ofMillis(500))
                    .judge(samples.events());
        }

        @Test
        void passes_when_a_healthy_probe_fails_in_time() {
            Judgement judgement =
                    judge(new Samples().from(-300, "ooo").step("fault", 0).from(0, "ooffff"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.kind()).isEqualTo(ExpectationKind.EFFECT);
            assertThat(judgement.took()).contains(Duration.ofMillis(205));
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' failed 205 ms after the end of step 'fault' (3 failures in 5 of 5"
                            + " planned samples); last error: HTTP 503 instead of 200" + SOURCE);
        }

        @Test
        void fails_when_it_stays_healthy() {
            Judgement judgement =
                    judge(new Samples().from(-300, "ooo").step("fault", 0).from(0, "oooooff"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' did not fail within 500 ms of the end of step 'fault' (5 of 5 planned"
                            + " samples, no failure)" + SOURCE + "; does its path go through what was broken?");
        }

        @Test
        void is_inconclusive_when_it_failed_already() {
            Judgement judgement =
                    judge(new Samples().from(-300, "oof").step("fault", 0).from(0, "fffff"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason()).startsWith("Probe 'public' was failing already before the end of step");
        }

        @Test
        void is_inconclusive_when_it_was_not_seen_before() {
            assertThat(judge(new Samples().step("fault", 0).from(0, "fffff")).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_starved() {
            assertThat(judge(new Samples().from(-300, "ooo").step("fault", 0)).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Samples().from(-300, "ooo").step("fault", 0).from(0, "oommm"))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void does_not_take_a_failure_that_may_have_been_known_too_late() {
            Samples samples = new Samples().from(-300, "ooo").step("fault", 0).from(0, "oooo");

            assertThat(judge(samples.from(400, "f", Duration.ofMillis(100))).reason())
                    .contains("did not fail within 500 ms", "the first failure known too late");
        }

        @Test
        void is_inconclusive_when_the_drill_did_not_get_to_the_moment() {
            assertThat(judge(new Samples().from(0, "ooofff")).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void does_not_take_a_failure_that_may_have_begun_before() {
            Duration bound = Duration.ofMillis(250);

            assertThat(judge(new Samples().from(-300, "ooo").step("fault", 0).from(0, "ffooo", bound))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @Nested
    class FailingFor {
        private Judgement judge(Samples samples) {
            return ProbeCheck.failingFor(Samples.PROBE, Duration.ofSeconds(1)).judge(samples.events());
        }

        @Test
        void passes_when_every_sample_of_the_last_time_failed() {
            Judgement judgement =
                    judge(new Samples().from(0, "ooooo").from(500, "ffffffffff").step("end", 1500));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.kind()).isEqualTo(ExpectationKind.EFFECT);
            assertThat(judgement.expectation()).isEqualTo("probe 'public' fails all the time for the last 1 s");
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' failed 10 times in 1 s (10 of 10 planned samples) and never answered;"
                            + " last error: HTTP 503 instead of 200" + SOURCE);
        }

        @Test
        void its_time_ends_before_the_first_request_that_is_under_way() {
            Judgement judgement = judge(new Samples().from(0, "ffffffffffff").step("end", 2000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.reason()).contains("10 times in 1 s (10 of 10 planned samples)");
        }

        @Test
        void an_answer_counts_even_if_an_earlier_request_is_under_way() {
            Judgement judgement = judge(new Samples().from(0, "ffffffffffff.o").step("end", 2000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason()).contains("answered once", "first 1.1 s after 1 s before the end");
        }

        @Test
        void fails_while_an_answer_is_not_so_long_ago() {
            assertThat(judge(new Samples().from(0, "offffffff").step("end", 900))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void what_is_under_way_for_longer_than_it_may_be_is_no_failure() {
            Duration underWay = ProbeCheck.underWay(Samples.PROBE);
            int later = (int) underWay.plusMillis(300).dividedBy(Samples.INTERVAL);
            Judgement judgement = ProbeCheck.failingFor(Samples.PROBE, underWay.plusSeconds(1))
                    .judge(new Samples()
                            .from(0, "ffffffffff." + "f".repeat(later))
                            .events());

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason()).contains("nothing is known yet");
        }

        @Test
        void is_inconclusive_without_samples_enough() {
            assertThat(judge(new Samples().step("end", 1000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Samples().from(0, "fff").step("end", 300)).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Nested
    class StaysFailing {
        private Judgement judge(Samples samples) {
            return ProbeCheck.staysFailing(Samples.PROBE, FAULT, END).judge(samples.events());
        }

        @Test
        void passes_when_every_sample_failed() {
            Judgement judgement = judge(new Samples()
                    .from(-200, "oo")
                    .step("fault", 0)
                    .from(0, "ffffffffff")
                    .step("end", 1000)
                    .from(1000, "o"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.kind()).isEqualTo(ExpectationKind.EFFECT);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' failed 10 times in 1 s (10 of 10 planned samples) and never answered;"
                            + " last error: HTTP 503 instead of 200" + SOURCE);
        }

        @Test
        void fails_for_a_single_answer() {
            Judgement judgement =
                    judge(new Samples().step("fault", 0).from(0, "fffoffffff").step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' answered once (10 of 10 planned samples), first 300 ms after the end of"
                            + " step 'fault'" + SOURCE);
            assertThat(judgement.evidence()).containsExactly("2024-06-03T22:36:00.300Z ok");
        }

        @Test
        void is_inconclusive_until_its_window_is_over() {
            Check check = ProbeCheck.staysFailing(Samples.PROBE, FAULT, FAULT.plus(Duration.ofSeconds(1)));

            assertThat(check.judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "fffffffff")
                                    .events())
                            .reason())
                    .contains("of a request that was due 900 ms after the end of step 'fault' nothing is known yet");
            assertThat(check.judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "ffffffffff")
                                    .events())
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void is_inconclusive_while_a_request_of_its_window_is_open() {
            assertThat(judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "ffff.fffff")
                                    .step("end", 1000))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void does_not_take_an_answer_that_may_have_begun_before() {
            Duration bound = Duration.ofMillis(250);

            assertThat(judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "offfffffff", bound)
                                    .step("end", 1000))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void is_inconclusive_when_starved() {
            assertThat(judge(new Samples().step("fault", 0).step("end", 1000)).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Samples()
                                    .step("fault", 0)
                                    .from(0, "fffmmmmmmm")
                                    .step("end", 1000))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_the_drill_did_not_get_to_the_moment() {
            assertThat(judge(new Samples().step("fault", 0).from(0, "ffff")).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Nested
    class HealthyAgain {
        private Judgement judge(Samples samples) {
            return ProbeCheck.healthyAgainWithin(Samples.PROBE, FAULT, Duration.ofSeconds(1))
                    .judge(samples.events());
        }

        @Test
        void passes_when_the_failures_end_in_time() {
            Judgement judgement = judge(new Samples().step("fault", 0).from(0, "fffooooooo"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.took()).contains(Duration.ofMillis(305));
            assertThat(judgement.isClose()).isFalse();
            assertThat(judgement.reason())
                    .isEqualTo("Probe 'public' healthy 305 ms after the end of step 'fault' (7 healthy samples in a row"
                            + " since)" + SOURCE);
        }

        @Test
        void fails_when_it_goes_on_failing_now_and_then() {
            Judgement judgement = judge(new Samples().step("fault", 0).from(0, "foooofoofo"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .startsWith("Probe 'public' not healthy again 1 s after the end of step 'fault' (10 of 10 planned"
                            + " samples, the last 1 healthy; 3 in a row are needed); last error: HTTP 503");
        }

        @Test
        void three_good_answers_in_a_row_are_enough_and_two_are_not() {
            assertThat(judge(new Samples().step("fault", 0).from(0, "fffffffooo"))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
            assertThat(judge(new Samples().step("fault", 0).from(0, "ffffffffoo"))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void does_not_take_an_answer_that_may_have_come_too_late() {
            Samples samples = new Samples().step("fault", 0).from(0, "fffffff");

            assertThat(judge(samples.from(700, "ooo", Duration.ofMillis(100))).verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void is_inconclusive_when_the_drill_did_not_get_to_the_moment() {
            assertThat(judge(new Samples().from(0, "oooooooooo")).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_starved() {
            assertThat(judge(new Samples().step("fault", 0)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Samples().step("fault", 0).from(0, "fo")).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Test
    void a_deadline_of_zero_is_refused() {
        List<ThrowingCallable> demands = List.of(
                () -> ProbeCheck.fails(Samples.PROBE, FAULT, Duration.ZERO),
                () -> ProbeCheck.healthyAgainWithin(Samples.PROBE, FAULT, Duration.ZERO),
                () -> ProbeCheck.failingFor(Samples.PROBE, Duration.ZERO));

        assertThat(demands)
                .allSatisfy(demand -> assertThatThrownBy(demand).hasMessageEndingWith(" is longer than zero: 0 ms"));
        assertThatThrownBy(() -> ProbeCheck.fails(Samples.PROBE, FAULT, Duration.ofSeconds(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
