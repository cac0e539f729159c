package dev.firedrill.scenarios.alerting;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.nobodyIsPagedUntil;
import static dev.firedrill.harness.drill.Demands.probe;
import static dev.firedrill.scenarios.shop.Edges.dashboardData;
import static dev.firedrill.scenarios.shop.Edges.publicApi;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.timeline.Moment;
import dev.firedrill.scenarios.shop.Edges;

/** The incident's mistake surfaces, whatever evaluates the rules: who is paged? */
final class IncidentFault {
    static final String MISTAKE = "wrong internal route";

    private IncidentFault() {}

    /** The alert comes with the fault and goes with it. */
    static Drill pages(DrillBuilder drill) {
        return surfaced(drill)
                .expect(alert("InternalRouteDown")
                        .carrying("edge", Edges.INTERNAL)
                        .firesWithin(ofSeconds(15)))
                .expect(probe(publicApi()).staysHealthy())
                .undo(MISTAKE)
                .expect(alert("InternalRouteDown").resolvesWithin(ofSeconds(20)))
                .build();
    }

    /** Nobody is paged for as long as a page may take, and that is believed. */
    static Drill pagesNobody(DrillBuilder drill) {
        return surfaced(drill)
                .observe(ofSeconds(7))
                .expect(probe(publicApi()).staysHealthy())
                .afterwards(nobodyIsPagedUntil(Moment.faultUndone(MISTAKE)))
                .build();
    }

    private static DrillBuilder surfaced(DrillBuilder drill) {
        return drill.watching(publicApi(), dashboardData())
                .fromSteadyState()
                .plant(MISTAKE, Edges.wrongInternalDomain())
                .trigger(MISTAKE, Edges.resyncSurfacingTheInternalRoute())
                .expect(probe(dashboardData()).failsWithin(ofSeconds(3)));
    }
}
