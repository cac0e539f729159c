package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.BrokenService;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.PodRestart;
import dev.firedrill.harness.fault.RequestFails;
import dev.firedrill.harness.fault.ResyncRequest;
import dev.firedrill.harness.fault.WrongConfigValue;
import dev.firedrill.harness.incident.FaultKind.Parameter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The faults of the harness, as incident files name them. */
public final class StandardFaults implements FaultCatalogue {
    private static final Duration EFFECT = Duration.ofSeconds(15);

    private final Map<String, FaultKind> kinds = new LinkedHashMap<>();

    public StandardFaults() {
        kinds.put(
                "wrong-config-value",
                new FaultKind(
                        texts("configMap", "key", "value"),
                        List.of(),
                        call -> WrongConfigValue.in(call.text("configMap"), call.text("key"), call.text("value"))));
        kinds.put(
                "pod-restart",
                new FaultKind(
                        Map.of("selector", Parameter.LABELS),
                        List.of(),
                        call -> PodRestart.of(call.labels("selector"))));
        kinds.put(
                "controller-resync",
                new FaultKind(
                        texts("configMap", "request", "answer", "breaks", "host"),
                        List.of("breaks", "host"),
                        StandardFaults::resync));
        Map<String, Parameter> service = texts("service");
        service.put("port", Parameter.NUMBER);
        service.put("selector", Parameter.LABELS);
        service.put("targetPort", Parameter.NUMBER);
        kinds.put(
                "broken-service",
                new FaultKind(service, List.of("selector", "targetPort"), StandardFaults::brokenService));
    }

    @Override
    public Map<String, FaultKind> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    private static Fault resync(Cast.FaultCall call) {
        ResyncRequest request = ResyncRequest.to(call.text("configMap"), call.text("request"), call.text("answer"));
        if (call.text("breaks").isEmpty()) {
            return request;
        }
        RequestFails broken = RequestFails.to(call.text("breaks"), EFFECT);
        return request.surfacing(call.text("host").isEmpty() ? broken : broken.withHeader("Host", call.text("host")));
    }

    private static Fault brokenService(Cast.FaultCall call) {
        String service = call.text("service");
        int port = call.number("port");
        if (call.number("targetPort") != 0) {
            return BrokenService.withTargetPort(service, port, call.number("targetPort"));
        }
        Map<String, String> selector = call.labels("selector");
        return selector.isEmpty()
                ? BrokenService.selectingNothing(service, port)
                : BrokenService.selecting(service, port, selector);
    }

    private static Map<String, Parameter> texts(String... names) {
        Map<String, Parameter> types = new LinkedHashMap<>();
        for (String name : names) {
            types.put(name, Parameter.TEXT);
        }
        return types;
    }
}
