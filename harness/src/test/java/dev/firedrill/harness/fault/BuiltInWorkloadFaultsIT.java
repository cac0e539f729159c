package dev.firedrill.harness.fault;

import dev.firedrill.harness.fault.workload.BadImage;
import dev.firedrill.harness.fault.workload.ChangedEnvironment;
import dev.firedrill.harness.fault.workload.ContainerFreeze;
import dev.firedrill.harness.fault.workload.ContainerKill;
import dev.firedrill.harness.fault.workload.CrashLoop;
import dev.firedrill.harness.fault.workload.PodEviction;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.harness.fault.workload.ReadinessLie;
import dev.firedrill.harness.fault.workload.RollingRestart;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The harness's own faults of workloads keep the contract. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class BuiltInWorkloadFaultsIT extends FaultContract {
    static final Map<String, String> WEB = Map.of("app", "web");
    private static final Map<String, Object> POD = Map.of("selector", WEB);
    private static final Map<String, Object> DEPLOYMENT = Map.of("deployment", "web");

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(PodRestart.KIND, POD),
                new Sample(PodKill.KIND, POD),
                new Sample(PodEviction.KIND, POD),
                new Sample(ContainerKill.KIND, POD),
                new Sample(ContainerFreeze.KIND, POD),
                new Sample(ScaledDown.KIND, DEPLOYMENT),
                new Sample(RollingRestart.KIND, DEPLOYMENT),
                new Sample(CrashLoop.KIND, DEPLOYMENT),
                new Sample(BadImage.KIND, DEPLOYMENT),
                new Sample(BadImage.KIND, Map.of("replicaSet", "lone")),
                new Sample(ReadinessLie.KIND, DEPLOYMENT),
                new Sample(ChangedEnvironment.KIND, Map.of("deployment", "web", "variable", "COLOUR", "value", "red")));
    }
}
