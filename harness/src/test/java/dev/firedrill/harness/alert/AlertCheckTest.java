package dev.firedrill.harness.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AlertCheckTest {
    private static final Moment FAULT = Moment.stepFinished("fault");
    private static final Moment END = Moment.stepFinished("end");
    private static final String EDGE = "dashboard->api:8080";
    private static final AlertMatch ROUTE = AlertMatch.named("InternalRouteDown");

    @Nested
    class Fires {
        private Judgement judge(AlertMatch match, Pages pages) {
            return AlertCheck.fires(match, FAULT, Duration.ofSeconds(2)).judge(pages.events());
        }

        @Test
        void passes_when_it_is_delivered_in_time_with_its_labels() {
            Judgement judgement = judge(
                    ROUTE.withLabel("edge", EDGE),
                    new Pages().step("fault", 0).firing("InternalRouteDown", 900, 600, Map.of("edge", EDGE)));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.kind()).isEqualTo(ExpectationKind.EFFECT);
            assertThat(judgement.took()).contains(Duration.ofMillis(900));
            assertThat(judgement.expectation())
                    .isEqualTo("alert 'InternalRouteDown' {edge=dashboard->api:8080} fires within 2 s of the end of"
                            + " step 'fault'");
            assertThat(judgement.reason())
                    .isEqualTo("Alert 'InternalRouteDown' {edge=dashboard->api:8080} was delivered 900 ms after the end"
                            + " of step 'fault'; source: the pager's inbox");
            assertThat(judgement.evidence())
                    .containsExactly("2024-06-03T22:36:00.900Z firing InternalRouteDown {edge=dashboard->api:8080}");
        }

        @Test
        void fails_when_nothing_comes() {
            Judgement judgement = judge(
                    ROUTE, new Pages().step("fault", 0).firing("Other", 500).read(2100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .isEqualTo("Alert 'InternalRouteDown' not delivered 2 s after the end of step 'fault' (1"
                            + " notifications of other alerts); source: the pager's inbox; is its rule loaded, and does"
                            + " it look at what was broken?");
        }

        @Test
        void fails_when_it_comes_too_late() {
            Judgement judgement = judge(ROUTE, new Pages().step("fault", 0).firing("InternalRouteDown", 2500));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason()).contains("2.5 s after the end of step 'fault', later than the 2 s allowed");
        }

        @Test
        void says_if_the_machine_had_nothing_to_spare_meanwhile() {
            Judgement judgement = judge(
                    ROUTE,
                    new Pages()
                            .exhausted(-100, 900)
                            .step("fault", 0)
                            .exhausted(700, 1000)
                            .exhausted(1900, 400)
                            .exhausted(2900, 800)
                            .read(3100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason()).endsWith("; the machine had nothing to spare for 1.4 s of this time");
        }

        @Test
        void fails_when_it_comes_without_the_labels_that_it_must_carry() {
            Judgement judgement = judge(
                    ROUTE.withLabel("edge", EDGE),
                    new Pages()
                            .step("fault", 0)
                            .firing("InternalRouteDown", 500)
                            .read(2100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason()).contains("one of this name came, without the labels that it must carry");
        }

        @Test
        void is_inconclusive_when_it_was_firing_before_and_is_only_repeated() {
            Judgement judgement = judge(
                    ROUTE,
                    new Pages()
                            .firing("InternalRouteDown", -500)
                            .step("fault", 0)
                            .firing("InternalRouteDown", 500, -500, Map.of())
                            .read(2100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason()).contains("was firing already before the end of step 'fault'");
        }

        @Test
        void is_inconclusive_when_it_had_begun_before_and_was_only_delivered_after() {
            assertThat(judge(
                                    ROUTE,
                                    new Pages()
                                            .step("fault", 0)
                                            .firing("InternalRouteDown", 100, -3000, Map.of())
                                            .read(2100))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void counts_an_alert_that_had_resolved_and_fires_again() {
            assertThat(judge(
                                    ROUTE,
                                    new Pages()
                                            .firing("InternalRouteDown", -900)
                                            .resolved("InternalRouteDown", -500, -900)
                                            .step("fault", 0)
                                            .firing("InternalRouteDown", 500))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void never_counts_a_canary() {
            assertThat(judge(
                                    AlertMatch.any(),
                                    new Pages()
                                            .step("fault", 0)
                                            .firing("PagerCanary", 500, 400, Map.of("canary", "true"))
                                            .read(2100))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void is_inconclusive_when_the_inbox_was_not_read_until_the_deadline() {
            Judgement judgement = judge(ROUTE, new Pages().step("fault", 0).read(1500));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason())
                    .isEqualTo("Alert 'InternalRouteDown' did not come, but the pager's inbox was read only until"
                            + " 2024-06-03T22:36:01.500Z, and 2 s after the end of step 'fault' is"
                            + " 2024-06-03T22:36:02Z; did the drill wait, and was the agent reachable?");
            assertThat(judge(ROUTE, new Pages().step("fault", 0)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(ROUTE, new Pages().read(9000)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_the_pager_is_deaf() {
            Judgement judgement = judge(
                    ROUTE,
                    new Pages()
                            .lostCanary("c1", -900, "no canary page")
                            .step("fault", 0)
                            .read(2100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason()).contains("the pager cannot be trusted: no canary page");
            assertThat(judge(ROUTE, new Pages().step("fault", 0).lostDisk(1000).read(2100))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_the_clocks_cannot_tell() {
            assertThat(judge(
                                    ROUTE,
                                    new Pages()
                                            .step("fault", 0)
                                            .known(Duration.ofMillis(300))
                                            .firing("InternalRouteDown", 1900))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_certain_where_the_clocks_can_just_tell() {
            Pages inTime = new Pages().step("fault", 0).known(Duration.ofMillis(100));
            Pages late = new Pages().step("fault", 0).known(Duration.ofMillis(100));

            assertThat(judge(ROUTE, inTime.firing("InternalRouteDown", 1900)).verdict())
                    .isEqualTo(Verdict.PASS);
            assertThat(judge(ROUTE, late.firing("InternalRouteDown", 2101)).verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void a_disk_that_was_lost_before_the_fault_took_nothing_with_it() {
            assertThat(judge(ROUTE, new Pages().lostDisk(-100).step("fault", 0).read(2100))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void is_not_blamed_on_an_alert_that_is_over() {
            assertThat(judge(
                                    ROUTE,
                                    new Pages()
                                            .firing("InternalRouteDown", -900)
                                            .resolved("InternalRouteDown", -500, -900)
                                            .step("fault", 0)
                                            .read(2100))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }
    }

    @Nested
    class Resolves {
        private Judgement judge(Pages pages) {
            return AlertCheck.resolves(ROUTE, FAULT, Duration.ofSeconds(2)).judge(pages.events());
        }

        @Test
        void passes_when_the_end_is_delivered_in_time() {
            Judgement judgement = judge(new Pages()
                    .firing("InternalRouteDown", -900)
                    .step("fault", 0)
                    .resolved("InternalRouteDown", 700, -900));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.took()).contains(Duration.ofMillis(700));
        }

        @Test
        void fails_while_any_of_its_label_sets_still_fires() {
            Judgement judgement = judge(new Pages()
                    .firing("InternalRouteDown", -900)
                    .firing("InternalRouteDown", -800, -800, Map.of("edge", EDGE))
                    .step("fault", 0)
                    .resolved("InternalRouteDown", 700, -900)
                    .read(2100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .startsWith("Alert 'InternalRouteDown' still firing 2 s after the end of step 'fault' (1 of its"
                            + " label sets)");
        }

        @Test
        void passes_for_one_that_fires_and_resolves_after_the_moment() {
            assertThat(judge(new Pages()
                                    .step("fault", 0)
                                    .firing("InternalRouteDown", 300)
                                    .resolved("InternalRouteDown", 900, 300))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void fails_when_the_end_is_delivered_too_late() {
            assertThat(judge(new Pages()
                                    .firing("InternalRouteDown", -900)
                                    .step("fault", 0)
                                    .resolved("InternalRouteDown", 2050, -900)
                                    .read(2100))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void is_inconclusive_when_the_clocks_cannot_tell() {
            assertThat(judge(new Pages()
                                    .firing("InternalRouteDown", -900)
                                    .step("fault", 0)
                                    .known(Duration.ofMillis(300))
                                    .resolved("InternalRouteDown", 1900, -900))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_the_drill_did_not_get_to_the_moment() {
            assertThat(judge(new Pages()
                                    .firing("InternalRouteDown", -900)
                                    .resolved("InternalRouteDown", 700, -900)
                                    .read(2100))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_it_never_fired_or_had_resolved_before() {
            assertThat(judge(new Pages().step("fault", 0).read(2100)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Pages()
                                    .firing("InternalRouteDown", -900)
                                    .resolved("InternalRouteDown", -100, -900)
                                    .step("fault", 0)
                                    .read(2100))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }

        @Test
        void is_inconclusive_when_the_inbox_was_not_read_until_the_deadline() {
            assertThat(judge(new Pages()
                                    .firing("InternalRouteDown", -900)
                                    .step("fault", 0)
                                    .read(1000))
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }

    @Nested
    class Silence {
        private Judgement judge(Pages pages) {
            return AlertCheck.silence(AlertMatch.any(), FAULT, END).judge(pages.events());
        }

        private Pages quiet() {
            return new Pages().canary("c1", -900).step("fault", 0).step("end", 1000);
        }

        @Test
        void passes_between_two_canaries_that_were_paged() {
            Judgement judgement = judge(quiet().canary("c2", 1100));

            assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
            assertThat(judgement.kind()).isEqualTo(ExpectationKind.INVARIANT);
            assertThat(judgement.reason())
                    .isEqualTo("Nothing was delivered for 1 s from the end of step 'fault'; a canary was paged before"
                            + " and after; source: the pager's inbox");
        }

        @Test
        void fails_when_somebody_is_paged() {
            Judgement judgement = judge(new Pages()
                    .canary("c1", -900)
                    .step("fault", 0)
                    .firing("Noise", 400)
                    .step("end", 1000));

            assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
            assertThat(judgement.reason())
                    .isEqualTo("Paged by 'Noise' 400 ms after the end of step 'fault' (1 notifications in all); source:"
                            + " the pager's inbox");
        }

        @Test
        void fails_for_a_page_that_was_only_delivered_in_the_window() {
            assertThat(judge(new Pages()
                                    .canary("c1", -900)
                                    .step("fault", 0)
                                    .firing("Noise", 400, -5000, Map.of())
                                    .step("end", 1000)
                                    .canary("c2", 1100))
                            .verdict())
                    .isEqualTo(Verdict.FAIL);
        }

        @Test
        void does_not_count_the_baseline() {
            assertThat(judge(new Pages()
                                    .firing("Known", -950)
                                    .canary("c1", -900)
                                    .step("fault", 0)
                                    .firing("Known", 400, -950, Map.of())
                                    .step("end", 1000)
                                    .canary("c2", 1100))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void is_inconclusive_without_a_canary_before_or_after() {
            assertThat(judge(quiet()).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(quiet().canary("c2", 500)).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judge(new Pages().step("fault", 0).step("end", 1000).canary("c2", 1100))
                            .reason())
                    .isEqualTo("Nothing was delivered for 1 s from the end of step 'fault', but silence is not"
                            + " believed: no canary was paged before the end of step 'fault'; does the monitor have"
                            + " the check of the pager's canary?; source: the pager's inbox");
        }

        @Test
        void is_inconclusive_when_the_canary_after_was_lost() {
            Judgement judgement = judge(quiet().lostCanary("c2", 1100, "no canary page within 500 ms"));

            assertThat(judgement.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
            assertThat(judgement.reason())
                    .contains("no canary was paged after the end of step 'end' (no canary page within 500 ms)");
        }

        @Test
        void is_inconclusive_when_the_agent_lost_its_disk() {
            assertThat(judge(quiet().lostDisk(1050).canary("c2", 1100)).reason())
                    .contains("silence is not believed: the agent lost its disk, and what it had received");
        }

        @Test
        void names_the_one_alert_that_must_not_fire() {
            assertThat(AlertCheck.silence(ROUTE, FAULT, END).expectation())
                    .isEqualTo("alert 'InternalRouteDown' does not fire from the end of step 'fault' to the end of step"
                            + " 'end'");
            assertThat(AlertCheck.silence(AlertMatch.any(), FAULT, END).expectation())
                    .isEqualTo("nobody is paged from the end of step 'fault' to the end of step 'end'");
        }

        @Test
        void is_inconclusive_in_less_time_than_a_page_takes() {
            Pages pages = new Pages().canary("c1", -900).step("fault", 0).step("end", 19);

            assertThat(judge(pages.canary("c2", 100)).reason())
                    .isEqualTo("Nothing was delivered for 19 ms from the end of step 'fault', but silence is not"
                            + " believed: the quickest canary took 20 ms, so that no page could have come in that time;"
                            + " let it begin earlier, or observe longer; source: the pager's inbox");
            assertThat(judge(new Pages()
                                    .canary("c1", -900)
                                    .step("fault", 0)
                                    .step("end", 20)
                                    .canary("c2", 100))
                            .verdict())
                    .isEqualTo(Verdict.PASS);
        }

        @Test
        void is_inconclusive_in_no_time() {
            assertThat(judge(new Pages()
                                    .canary("c1", -900)
                                    .step("fault", 0)
                                    .step("end", 0)
                                    .canary("c2", 100))
                            .reason())
                    .contains("silence is not believed: the window is empty");
        }

        @Test
        void is_inconclusive_about_nothing() {
            assertThat(AlertCheck.silence(AlertMatch.any(), Moment.start(), Moment.end())
                            .judge(List.of())
                            .verdict())
                    .isEqualTo(Verdict.INCONCLUSIVE);
        }
    }
}
