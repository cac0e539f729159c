package dev.firedrill.harness.fault.own;

// [contract-imports]
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.TwoPrograms;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.List;
import java.util.Map;
// [/contract-imports]
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The guide's fault keeps the contract. */
@Tag("waits")
// [contract]
@Firedrill(system = TwoPrograms.class)
class RenumberedPortIT extends FaultContract {
    @Override
    protected List<Sample> samples() {
        return List.of(new Sample(RenumberedPort.KIND, Map.of("service", "web", "port", 8080, "becomes", 8081)));
    }

    @Test
    void a_port_that_is_not_there_is_refused(Stage stage) {
        Fault fault = RenumberedPort.KIND.make(Map.of("service", "web", "port", 9090, "becomes", 8081));

        assertThatThrownBy(() -> fault.plan(stage.scene()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith("Service/web has no port 9090");
    }
}
// [/contract]
