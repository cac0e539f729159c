package dev.firedrill.harness.fault.own;

// [contract-imports]
import dev.firedrill.harness.fault.TwoPrograms;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import java.util.List;
import java.util.Map;
// [/contract-imports]
import org.junit.jupiter.api.Tag;

/** The guide's fault keeps the contract. */
@Tag("waits")
// [contract]
@Firedrill(system = TwoPrograms.class)
class RenumberedPortIT extends FaultContract {
    @Override
    protected List<Sample> samples() {
        return List.of(new Sample(RenumberedPort.KIND, Map.of("service", "web", "port", 8080, "becomes", 8081)));
    }
}
// [/contract]
