package dev.firedrill.scenarios.placebo;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.drill.DrillResult;
import dev.firedrill.harness.drill.Expectation;
import dev.firedrill.harness.fault.configuration.ChangedSettings;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.scenarios.shop.MonitorChecks;
import dev.firedrill.scenarios.shop.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Drills that pass and prove nothing: each is found by running it without its fault, and named. */
@Firedrill(system = Shop.class)
class PlaceboCounterScenario {
    private static final String WITHOUT = "without its faults";
    private static final Map<String, String> STANDBY = Map.of("role", "standby");

    @Test
    void an_effect_that_something_else_brings_about_cannot_fail(Rehearsal rehearsal) {
        DrillResult result = rehearsal.resultOf(drill("effect-of-something-else")
                .inject("standby restart", PodRestart.of(STANDBY))
                .reconfigure(
                        "the dashboard is sent astray",
                        ChangedSettings.in("dashboard-config", "dashboard.yaml", Map.of("api.host", "nobody.internal")))
                .expect(probe(dashboardData()).failsWithin(ofSeconds(5)))
                .build());

        assertInconclusive(
                result,
                WITHOUT,
                "cannot fail: probe 'dashboard data' fails within 5 s of the fault 'standby restart' (it passes with"
                        + " nothing injected");
    }

    @Test
    void an_invariant_that_holds_only_with_the_fault_is_named(Rehearsal rehearsal) {
        DrillResult result = rehearsal.resultOf(drill("invariant-that-needs-the-fault")
                .inject("standby restart", PodRestart.of(STANDBY))
                .afterwards(since -> Expectation.now(new NeedsTheFault()))
                .build());

        assertInconclusive(
                result, WITHOUT, "does not hold with nothing injected: something was broken: nothing was broken");
    }

    @Test
    void a_plant_that_pages_and_a_trigger_that_needs_no_plant_are_named(Rehearsal rehearsal) {
        DrillResult result = rehearsal.resultOf(drill("plant-that-pages")
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .plant("not latent at all", BrokenService.selectingNothing("ingress-internal", 8081))
                .trigger("not latent at all", PodRestart.of(STANDBY))
                .expect(alert("IngressControllerDown").firesWithin(ofSeconds(4)))
                .build());

        assertInconclusive(
                result, WITHOUT, "does not hold with 'not latent at all' planted and not triggered: nobody is paged");
        assertInconclusive(result, WITHOUT, "Paged by 'InternalRouteDown'");
        assertInconclusive(result, WITHOUT, "(it passes with 'not latent at all' triggered and not planted");
    }

    @Test
    void an_effect_that_another_fault_of_the_drill_brings_about_cannot_fail(Rehearsal rehearsal) {
        DrillResult result = rehearsal.resultOf(drill("effect-of-another-fault")
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .inject("one", BrokenService.selectingNothing("ingress-internal", 8081))
                .inject("two", PodRestart.of(STANDBY))
                .expect(alert("InternalRouteDown").firesWithin(ofSeconds(6)))
                .build());

        assertInconclusive(
                result,
                WITHOUT,
                "cannot fail: alert 'InternalRouteDown' fires within 6 s of the fault 'two' (it passes with only 'two'"
                        + " left out");
    }

    private static DrillBuilder drill(String name) {
        return Drill.named(name).watching(publicApi(), dashboardData()).fromSteadyState();
    }

    /** An invariant by its own account. */
    private record NeedsTheFault() implements Check {
        @Override
        public String expectation() {
            return "something was broken";
        }

        @Override
        public ExpectationKind kind() {
            return ExpectationKind.INVARIANT;
        }

        @Override
        public Judgement judge(List<TimelineEvent> events) {
            boolean broken = events.stream().anyMatch(event -> event.type().equals(EventType.FAULT_PROVEN));
            return new Judgement(
                    expectation(),
                    kind(),
                    broken ? Verdict.PASS : Verdict.FAIL,
                    broken ? "it was" : "nothing was broken",
                    List.of(),
                    null,
                    null);
        }
    }
}
