package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultSource;
import java.util.List;

/** The faults of pods and of what makes them. */
public final class WorkloadFaults implements FaultSource {
    @Override
    public List<FaultKind> kinds() {
        return List.of(
                PodRestart.KIND,
                PodKill.KIND,
                PodEviction.KIND,
                ContainerKill.KIND,
                ContainerFreeze.KIND,
                ScaledDown.KIND,
                RollingRestart.KIND,
                CrashLoop.KIND,
                BadImage.KIND,
                ReadinessLie.KIND);
    }
}
