package dev.firedrill.scenarios.services;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.service.DeletedService;
import dev.firedrill.harness.fault.service.MisdirectedService;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.scenarios.Outage;
import dev.firedrill.scenarios.shop.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The api's Service is gone, or leads to another application: its pods are well, and nobody reaches them. The
 * counter-test is that of {@code ApiAwayScenario}: without the injection it is the same drill.
 */
@Firedrill(system = Shop.class)
class ApiServiceScenario {
    static List<Named<Fault>> faults() {
        return List.of(
                Named.of("deleted-service", DeletedService.named("api", 8080)),
                Named.of("misdirected-service", MisdirectedService.to("api", Map.of("app", "dashboard"))));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void it_pages_for_as_long_as_it_lasts(Fault fault, Rehearsal rehearsal) {
        Outage.pages(rehearsal, fault);
    }
}
