package dev.firedrill.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
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
        void does_not_take_a_failure_that_may_have_begun_before() {
            Duration bound = Duration.ofMillis(250);

            assertThat(judge(new Samples().from(-300, "ooo").step("fault", 0).from(0, "ffooo", bound))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
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
        void is_inconclusive_when_starved() {
            assertThat(judge(new Samples().step("fault", 0)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Samples().step("fault", 0).from(0, "fo")).verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Test
    void a_deadline_of_zero_is_refused() {
        assertThatThrownBy(() -> ProbeCheck.fails(Samples.PROBE, FAULT, Duration.ZERO))
                .hasMessage("a deadline is longer than zero: 0 ms");
    }
}
