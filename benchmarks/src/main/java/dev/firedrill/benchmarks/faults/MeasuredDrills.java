package dev.firedrill.benchmarks.faults;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.scenarios.shop.Edges;
import java.util.List;
import java.util.Map;

/** The drills that are measured, as data. */
final class MeasuredDrills {
    private static final String ROUTE = "broken route";

    private MeasuredDrills() {}

    /** A drill for each kind of fault, which demands nothing but its proof and the recovery. */
    static List<Drill> ofFaults() {
        return ShopFaults.all().stream().map(MeasuredDrills::of).toList();
    }

    private static Drill of(Fault fault) {
        String kind = fault.describe().kind();
        boolean planted = fault.proof().readsBack();
        var drill = Drill.named(kind)
                .watching(Edges.publicApi(), Edges.dashboardData())
                .fromSteadyState();
        return (planted ? drill.plant(kind, fault) : drill.inject(kind, fault)).build();
    }

    /** Drills as a team would write them, with the pager. */
    static List<Drill> whole() {
        return List.of(
                Drill.named("standby-restart")
                        .watching(Edges.publicApi(), Edges.dashboardData())
                        .fromSteadyState()
                        .inject("standby restart", PodRestart.of(Map.of("role", "standby")))
                        .expect(alert("IngressControllerDown").firesWithin(ofSeconds(5)))
                        .expect(alert("IngressControllerDown").resolvesWithin(ofSeconds(20)))
                        .expect(
                                probe(Edges.publicApi()).staysHealthy(),
                                probe(Edges.dashboardData()).staysHealthy())
                        .build(),
                Drill.named("public-route")
                        .watching(Edges.publicApi(), Edges.dashboardData())
                        .fromSteadyState()
                        .inject(ROUTE, BrokenService.selectingNothing("ingress", 8080))
                        .expect(
                                alert("PublicApiDown").firesWithin(ofSeconds(5)),
                                probe(Edges.publicApi()).failsWithin(ofSeconds(2)))
                        .observe(ofSeconds(2))
                        .undo(ROUTE)
                        .expect(
                                alert("PublicApiDown").resolvesWithin(ofSeconds(10)),
                                probe(Edges.publicApi()).isHealthyAgainWithin(ofSeconds(5)))
                        .build());
    }
}
