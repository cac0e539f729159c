package dev.firedrill.benchmarks.faults;

import static dev.firedrill.harness.drill.Demands.alert;
import static dev.firedrill.harness.drill.Demands.probe;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.DrillBuilder;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.scenarios.shop.Edges;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The drills that are measured, as data. */
final class MeasuredDrills {
    private static final String ROUTE = "broken route";

    private MeasuredDrills() {}

    /**
     * A drill for each kind of fault, which demands nothing but its proof and the recovery. Toxics have their proxy in
     * the steady state, as they should; one is measured without it, too.
     */
    static List<Drill> ofFaults() {
        Stream<Drill> alone = ShopFaults.alone().stream().map(fault -> of(fault, watched(nameOf(fault))));
        Stream<Drill> toxics = ShopFaults.toxics().stream()
                .map(toxic -> of(toxic, watched(nameOf(toxic)).reconfigure("link", ShopFaults.link())));
        Stream<Drill> wiring = ShopFaults.toxics().stream()
                .limit(1)
                .map(toxic -> of(toxic, watched(nameOf(toxic) + ", proxy included")));
        return Stream.of(alone, toxics, wiring).flatMap(drills -> drills).toList();
    }

    private static String nameOf(Fault fault) {
        return fault.describe().kind();
    }

    private static DrillBuilder watched(String name) {
        return Drill.named(name).watching(Edges.publicApi(), Edges.dashboardData());
    }

    private static Drill of(Fault fault, DrillBuilder drill) {
        DrillBuilder steady = drill.fromSteadyState();
        String kind = nameOf(fault);
        return (fault.proof().readsBack() ? steady.plant(kind, fault) : steady.inject(kind, fault)).build();
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
