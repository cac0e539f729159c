package dev.firedrill.scenarios.workloads;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.workload.BadImage;
import dev.firedrill.harness.fault.workload.ChangedEnvironment;
import dev.firedrill.harness.fault.workload.ContainerFreeze;
import dev.firedrill.harness.fault.workload.ContainerKill;
import dev.firedrill.harness.fault.workload.CrashLoop;
import dev.firedrill.harness.fault.workload.PodEviction;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.fault.workload.ReadinessLie;
import dev.firedrill.harness.fault.workload.RollingRestart;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.CounterTest;
import dev.firedrill.scenarios.Outage;
import dev.firedrill.scenarios.shop.Edges;
import dev.firedrill.scenarios.shop.Shop;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The api goes away for its users, in one way or another. */
@Firedrill(system = Shop.class)
class ApiAwayScenario {
    private static final String API = "api";
    private static final Map<String, String> POD = Map.of("app", API);

    static List<Named<Fault>> lasting() {
        return named(
                ScaledDown.toZero(API),
                CrashLoop.of(API),
                BadImage.in(API),
                ReadinessLie.of(API),
                ContainerFreeze.of(POD),
                ChangedEnvironment.of(API, "DATA_DIR", "/proc/nowhere"),
                Edges.publicRouteToTheDashboard(),
                Edges.publicRouteOfAnotherHost());
    }

    static List<Named<Fault>> passing() {
        return named(PodKill.of(POD), PodEviction.of(POD), ContainerKill.of(POD), RollingRestart.of(API));
    }

    private static List<Named<Fault>> named(Fault... faults) {
        return Stream.of(faults)
                .map(fault -> Named.of(fault.describe().kind(), fault))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("lasting")
    void it_pages_for_as_long_as_it_lasts(Fault fault, Rehearsal rehearsal) {
        Outage.pages(rehearsal, fault);
    }

    @ParameterizedTest
    @MethodSource("passing")
    void users_notice_until_the_cluster_has_mended_it(Fault fault, Rehearsal rehearsal) {
        Outage.passes(rehearsal, fault);
    }

    /** For all of them: without its injection, which is left out, each is the same drill. */
    @CounterTest
    void without_the_injection_nothing_of_it_is_seen(Rehearsal rehearsal) {
        Outage.needsItsFault(rehearsal, CrashLoop.of(API));
    }
}
