package dev.firedrill.harness.fault.ingress;

import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultSource;
import java.util.List;

/** The faults of what routes traffic in. */
public final class IngressFaults implements FaultSource {
    @Override
    public List<FaultKind> kinds() {
        return List.of(ResyncRequest.KIND, WrongBackend.KIND, WrongHost.KIND);
    }
}
