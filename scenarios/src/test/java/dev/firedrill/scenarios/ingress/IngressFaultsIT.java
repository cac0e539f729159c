package dev.firedrill.scenarios.ingress;

import dev.firedrill.harness.fault.ingress.ResyncRequest;
import dev.firedrill.harness.fault.ingress.WrongBackend;
import dev.firedrill.harness.fault.ingress.WrongHost;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import dev.firedrill.scenarios.shop.Shop;
import java.util.List;
import java.util.Map;

/** The harness's faults of an ingress keep the contract; they need one that routes. */
@Firedrill(system = Shop.class)
class IngressFaultsIT extends FaultContract {
    private static final String URL = "http://ingress:8080/v1/status";
    private static final String HOST = "api.example.com";

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(
                        WrongBackend.KIND,
                        Map.of("ingress", "api", "host", HOST, "service", "dashboard", "port", 8080, "url", URL)),
                new Sample(
                        WrongHost.KIND,
                        Map.of("ingress", "api", "host", HOST, "becomes", "api.example.org", "url", URL)),
                new Sample(
                        ResyncRequest.KIND,
                        Map.of(
                                "configMap",
                                "ingress-controller",
                                "request",
                                "ingress.firedrill.dev/resync-requested-at",
                                "answer",
                                "ingress.firedrill.dev/resynced-at")));
    }
}
