package dev.firedrill.scenarios;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.Verdicts.assertInconclusive;
import static dev.firedrill.scenarios.shop.Edges.dashboardPage;
import static dev.firedrill.scenarios.shop.Edges.publicApi;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.shop.Edges;
import java.time.Duration;

/** The api is away for its users, by one fault or another, and back when that is put back. */
public final class Outage {
    private static final Duration SOON = Duration.ofSeconds(15);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final Duration BACK = Duration.ofSeconds(40);

    private Outage() {}

    /** The fault stays, so that somebody must be paged. */
    public static void pages(Rehearsal rehearsal, Fault fault) {
        rehearsal.run(drill(fault, SOON)
                .expect(alert("PublicApiDown").carrying("edge", Edges.PUBLIC).firesWithin(SOON))
                .undo("outage")
                .expect(
                        probe(publicApi()).isHealthyAgainWithin(BACK),
                        alert("PublicApiDown").resolvesWithin(BACK))
                .build());
    }

    /** The cluster mends it by itself; users have seen it. */
    public static void passes(Rehearsal rehearsal, Fault fault) {
        rehearsal.run(drill(fault, SOON)
                .expect(probe(publicApi()).isHealthyAgainWithin(BACK))
                .build());
    }

    /** The counter-test of both: without the injection nothing of it is seen. */
    public static void needsItsFault(Rehearsal rehearsal, Fault fault) {
        Drill without = drill(fault, AT_ONCE).build().without(action -> action instanceof Action.Inject);

        assertInconclusive(rehearsal.resultOf(without), "probe 'public api' fails", "the fault 'outage'");
    }

    private static DrillBuilder drill(Fault fault, Duration deadline) {
        return Drill.named(fault.describe().kind())
                .titled("The api is away: " + fault.describe().harm())
                .watching(publicApi(), dashboardPage())
                .fromSteadyState()
                .inject("outage", fault)
                .expect(probe(publicApi()).failsWithin(deadline))
                .expect(probe(dashboardPage()).staysHealthy());
    }
}
