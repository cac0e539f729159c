package dev.firedrill.harness.fault.configuration;

import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultSource;
import dev.firedrill.harness.fault.workload.ChangedEnvironment;
import java.util.List;

/** The faults of configuration. */
public final class ConfigurationFaults implements FaultSource {
    @Override
    public List<FaultKind> kinds() {
        return List.of(WrongConfigValue.KIND, WrongEndpointAddress.KIND, RotatedSecret.KIND, ChangedEnvironment.KIND);
    }
}
