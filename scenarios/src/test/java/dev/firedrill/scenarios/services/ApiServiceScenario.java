package dev.firedrill.scenarios.services;

import static dev.firedrill.scenarios.Verdicts.assertFails;
import static java.time.Duration.ofSeconds;

import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.service.DeletedService;
import dev.firedrill.harness.fault.service.MisdirectedService;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.harness.junit.Rehearsal;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.scenarios.Outage;
import dev.firedrill.scenarios.shop.Shop;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
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

    /** Whoever reconnected while the Service led astray stays there, and does not notice that it was mended. */
    @Test
    void a_repair_that_open_connections_do_not_notice_is_none(Rehearsal rehearsal) {
        ProbeSpec api =
                ProbeSpec.inside("api").service("api", 8080).path("/v1/status").build();
        assertFails(
                rehearsal.resultOf(Drill.named("astray-on-open-connections")
                        .titled("Clients reconnect while a Service leads to another application")
                        .watching(api)
                        .recoveringWithin(ofSeconds(5))
                        .fromSteadyState()
                        .inject("astray", MisdirectedService.to("api", Map.of("app", "dashboard")))
                        .inject("reconnect", PodRestart.of(Map.of("app", "api")))
                        .observe(ofSeconds(2))
                        .build()),
                "connections that were open before",
                "probe 'api (open connection)' failed");
    }
}
