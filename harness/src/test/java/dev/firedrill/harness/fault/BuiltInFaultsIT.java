package dev.firedrill.harness.fault;

import dev.firedrill.harness.fault.configuration.RotatedSecret;
import dev.firedrill.harness.fault.configuration.WrongConfigValue;
import dev.firedrill.harness.fault.configuration.WrongEndpointAddress;
import dev.firedrill.harness.fault.service.BrokenService;
import dev.firedrill.harness.fault.service.DeletedService;
import dev.firedrill.harness.fault.service.MisdirectedService;
import dev.firedrill.harness.fault.service.PinnedService;
import dev.firedrill.harness.fault.workload.BadImage;
import dev.firedrill.harness.fault.workload.ChangedEnvironment;
import dev.firedrill.harness.fault.workload.ContainerFreeze;
import dev.firedrill.harness.fault.workload.ContainerKill;
import dev.firedrill.harness.fault.workload.CrashLoop;
import dev.firedrill.harness.fault.workload.PodEviction;
import dev.firedrill.harness.fault.workload.PodKill;
import dev.firedrill.harness.fault.workload.PodRestart;
import dev.firedrill.harness.fault.workload.ReadinessLie;
import dev.firedrill.harness.fault.workload.RollingRestart;
import dev.firedrill.harness.fault.workload.ScaledDown;
import dev.firedrill.harness.junit.FaultContract;
import dev.firedrill.harness.junit.Firedrill;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;

/** The harness's own faults keep the contract. */
@Tag("waits")
@Firedrill(system = TwoPrograms.class)
class BuiltInFaultsIT extends FaultContract {
    static final Map<String, String> WEB = Map.of("app", "web");
    private static final Map<String, Object> POD = Map.of("selector", WEB);
    private static final Map<String, Object> DEPLOYMENT = Map.of("deployment", "web");
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
                new Sample(RotatedSecret.KIND, Map.of("secret", "token", "key", "token")),
                new Sample(PodRestart.KIND, POD),
                new Sample(PodKill.KIND, POD),
                new Sample(PodEviction.KIND, POD),
                new Sample(ContainerKill.KIND, POD),
                new Sample(ContainerFreeze.KIND, POD),
                new Sample(ScaledDown.KIND, DEPLOYMENT),
                new Sample(RollingRestart.KIND, DEPLOYMENT),
                new Sample(CrashLoop.KIND, DEPLOYMENT),
                new Sample(BadImage.KIND, DEPLOYMENT),
                new Sample(BadImage.KIND, Map.of("replicaSet", "lone")),
                new Sample(ReadinessLie.KIND, DEPLOYMENT),
                new Sample(ChangedEnvironment.KIND, Map.of("deployment", "web", "variable", "COLOUR", "value", "red")));
    }

    private static Map<String, Object> wrongAddress(Map<String, Object> where) {
        Map<String, Object> all = new LinkedHashMap<>(where);
        all.put("address", where.containsKey("env") ? "other:8080" : "web:8080");
        all.put("wrong", "nowhere:8080");
        return all;
    }
}
