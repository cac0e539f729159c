package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * What is done at a container to probe it, or at the beginning and end of its life.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}.
 */
final class HandlerCheck {
    private static final List<String> OF_PROBES = List.of("exec", "httpGet", "tcpSocket", "grpc");
    private static final List<String> OF_LIFE = List.of("exec", "httpGet", "tcpSocket", "sleep");

    private final Findings findings;

    HandlerCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * @param onceOnly whether one success is enough by its nature
     */
    void probe(JsonNode probe, String path, boolean onceOnly) {
        handler(probe, path, OF_PROBES);
        for (String field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            Checks.notNegative(findings, path + "." + field, probe.get(field));
        }
        if (Json.longAt(probe, 1, "terminationGracePeriodSeconds") <= 0) {
            findings.invalid(
                    path + ".terminationGracePeriodSeconds",
                    probe.get("terminationGracePeriodSeconds"),
                    "must be greater than 0");
        }
        if (onceOnly && Json.longAt(probe, 1, "successThreshold") != 1) {
            findings.invalid(path + ".successThreshold", probe.get("successThreshold"), "must be 1");
        }
    }

    /**
     * @param grace how long the pod may take to end, in seconds
     */
    void lifecycle(JsonNode lifecycle, String path, long grace) {
        for (String moment : List.of("postStart", "preStop")) {
            JsonNode handler = lifecycle.get(moment);
            if (handler == null) {
                continue;
            }
            String here = path + "." + moment;
            handler(handler, here, OF_LIFE);
            long seconds = Json.longAt(handler, 0, "sleep", "seconds");
            if (seconds < 0 || seconds > grace) {
                findings.invalid(
                        here + ".sleep",
                        Json.number(seconds),
                        "must be non-negative and less than terminationGracePeriodSeconds (" + grace + ")");
            }
        }
    }

    private void handler(JsonNode owner, String path, List<String> kinds) {
        List<String> handlers = kinds.stream().filter(owner::has).toList();
        if (handlers.isEmpty()) {
            findings.required(path, "must specify a handler type");
            return;
        }
        handlers.stream()
                .skip(1)
                .forEach(more -> findings.forbidden(path + "." + more, "may not specify more than 1 handler type"));
        String kind = handlers.get(0);
        JsonNode handler = owner.path(kind);
        String here = path + "." + kind;
        if (kind.equals("exec") && handler.path("command").isEmpty()) {
            findings.required(here + ".command", "");
        }
        if (kind.equals("httpGet") || kind.equals("tcpSocket")) {
            Checks.portOrName(findings, here + ".port", handler.get("port"));
        }
        if (kind.equals("grpc")) {
            Checks.port(findings, here + ".port", handler.get("port"));
        }
        Checks.oneOf(findings, here + ".scheme", Json.textAt(handler, "scheme"), "HTTP", "HTTPS");
    }
}
