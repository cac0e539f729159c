package dev.firedrill.scenarios.latent;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.nobodyIsPagedUntil;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.dashboardPage;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.MonitorChecks;
import java.time.Duration;

/** Drills on a mistake that nothing shows and nobody is paged for, until an everyday event surfaces it. */
final class Latent {
    private static final String MISTAKE = "mistake";
    private static final Duration BACK = ofSeconds(40);
    private static final Duration RESOLVED = ofSeconds(20);
    private static final Duration LONG_ENOUGH = ofSeconds(2);

    private Latent() {}

    /** The event passes, and the dashboard has no data from then on. */
    static Drill withoutData(String name, Fault mistake, Fault event) {
        return planted(name, mistake, publicApi(), dashboardData())
                .trigger(MISTAKE, event)
                .expect(probe(publicApi()).isHealthyAgainWithin(BACK))
                .observe(LONG_ENOUGH)
                .expect(probe(dashboardData()).hasFailedFor(LONG_ENOUGH))
                .undo(MISTAKE)
                .expect(probe(dashboardData()).isHealthyAgainWithin(BACK))
                .build();
    }

    /**
     * The event does not pass: the api stays away, and its alert, which any absence of the api fires, is resolved by
     * the undo alone.
     *
     * @param back after which time it would be there again, were it not for the mistake
     */
    static Drill withoutTheApi(String name, Fault mistake, Fault event, Duration back) {
        return planted(name, mistake, publicApi(), dashboardData(), dashboardPage())
                .expect(probe(dashboardPage()).staysHealthy())
                .trigger(MISTAKE, event)
                .observe(back)
                .expect(
                        probe(publicApi()).hasFailedFor(LONG_ENOUGH),
                        probe(dashboardPage()).staysHealthy())
                .undo(MISTAKE)
                .expect(
                        probe(publicApi()).isHealthyAgainWithin(BACK),
                        alert("PublicApiDown").carrying("edge", Edges.PUBLIC).resolvesWithin(RESOLVED))
                .build();
    }

    private static DrillBuilder planted(String name, Fault mistake, ProbeSpec... probes) {
        return Drill.named(name)
                .titled("Unseen until an everyday event: " + mistake.describe().harm())
                .watching(probes)
                .reconfigure("the internal monitor is on", MonitorChecks.enabling(MonitorChecks.INTERNAL_ROUTE))
                .fromSteadyState()
                .plant(MISTAKE, mistake)
                .observe(LONG_ENOUGH)
                .expect(
                        probe(publicApi()).staysHealthy(),
                        probe(dashboardData()).staysHealthy())
                .afterwards(nobodyIsPagedUntil(Moment.faultActive(MISTAKE)));
    }

    /** What the counter-tests leave out. */
    static boolean plants(Action action) {
        return action instanceof Action.Inject inject && inject.phase() == InjectionPhase.PLANT;
    }
}
