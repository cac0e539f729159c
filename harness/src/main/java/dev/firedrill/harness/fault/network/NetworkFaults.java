package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultSource;
import java.util.List;

/** The faults of the network. */
public final class NetworkFaults implements FaultSource {
    @Override
    public List<FaultKind> kinds() {
        return List.of(
                SlowLink.KIND,
                ThinLink.KIND,
                LateClose.KIND,
                SilentLink.KIND,
                ConnectionReset.KIND,
                SlicedStream.KIND,
                CutStream.KIND,
                DeadLink.KIND,
                ProxiedLink.KIND);
    }
}
