package dev.firedrill.harness.fault.service;

import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultSource;
import java.util.List;

/** The faults of Services. */
public final class ServiceFaults implements FaultSource {
    @Override
    public List<FaultKind> kinds() {
        return List.of(BrokenService.KIND, DeletedService.KIND, MisdirectedService.KIND, PinnedService.KIND);
    }
}
