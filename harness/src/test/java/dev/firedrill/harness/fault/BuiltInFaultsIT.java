package dev.firedrill.harness.fault;

import dev.firedrill.harness.fault.configuration.RotatedSecret;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.fault.configuration.WrongEndpointAddress;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.service.DeletedService;
import dev.firedrill.harness.fault.service.MisdirectedService;
import dev.firedrill.harness.fault.service.PinnedService;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The harness's own faults of services and configuration keep the contract. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class BuiltInFaultsIT extends FaultContract {
    private static final Map<String, Object> SERVICE = Map.of("service", "web", "port", 8080);

    @Override
    protected List<Sample> samples() {
        return List.of(
                new Sample(BrokenService.KIND, Map.of("service", "web", "port", 8080, "targetPort", 9)),
                new Sample(DeletedService.KIND, SERVICE),
                new Sample(MisdirectedService.KIND, Map.of("service", "web", "selector", Map.of("app", "other"))),
                new Sample(PinnedService.KIND, Map.of("service", "web")),
                new Sample(WrongConfigValue.KIND, Map.of("configMap", "settings", "key", "colour", "value", "wrong")),
                new Sample(WrongEndpointAddress.KIND, wrongAddress(Map.of("configMap", "settings", "key", "address"))),
                new Sample(WrongEndpointAddress.KIND, wrongAddress(Map.of("deployment", "web", "env", "PEER"))),
                new Sample(RotatedSecret.KIND, Map.of("secret", "token", "key", "token")));
    }

    private static Map<String, Object> wrongAddress(Map<String, Object> where) {
        Map<String, Object> all = new LinkedHashMap<>(where);
        all.put("address", where.containsKey("env") ? "other:8080" : "web:8080");
        all.put("wrong", "nowhere:8080");
        return all;
    }
}
