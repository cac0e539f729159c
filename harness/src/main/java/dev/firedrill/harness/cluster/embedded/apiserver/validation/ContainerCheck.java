package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One container of a pod. */
final class ContainerCheck {
    private static final List<String> HANDLERS = List.of("exec", "httpGet", "tcpSocket", "grpc");

    private final Findings findings;
    private final Set<String> volumes;

    /**
     * @param volumes the names of the pod's volumes
     */
    ContainerCheck(Findings findings, Set<String> volumes) {
        this.findings = findings;
        this.volumes = volumes;
    }

    void check(JsonNode container, String path) {
        String name = Json.textAt(container, "name");
        if (name.isEmpty()) {
            findings.required(path + ".name", "");
        } else {
            Syntax.dnsLabel(findings, path + ".name", name);
        }
        Checks.required(findings, path + ".image", Json.textAt(container, "image"));
        Checks.oneOf(
                findings,
                path + ".imagePullPolicy",
                Json.textAt(container, "imagePullPolicy"),
                "Always",
                "IfNotPresent",
                "Never");
        ports(container.path("ports"), path + ".ports");
        env(container.path("env"), path + ".env");
        mounts(container.path("volumeMounts"), path + ".volumeMounts");
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.has(probe)) {
                probe(container.path(probe), path + "." + probe, !probe.equals("readinessProbe"));
            }
        }
        ResourceCheck.check(container.path("resources"), path + ".resources", findings);
    }

    private void ports(JsonNode ports, String path) {
        Checks.unique(findings, ports, path, "name");
        for (int i = 0; i < ports.size(); i++) {
            String here = path + "[" + i + "]";
            JsonNode port = ports.get(i);
            if (port.has("containerPort")) {
                Checks.port(findings, here + ".containerPort", port.get("containerPort"));
            } else {
                findings.required(here + ".containerPort", "");
            }
            Checks.oneOf(findings, here + ".protocol", Json.textAt(port, "protocol"), "TCP", "UDP", "SCTP");
        }
    }

    private void env(JsonNode env, String path) {
        for (int i = 0; i < env.size(); i++) {
            String here = path + "[" + i + "]";
            JsonNode variable = env.get(i);
            String name = Json.textAt(variable, "name");
            if (name.isEmpty()) {
                findings.required(here + ".name", "");
            } else if (name.indexOf('=') >= 0) {
                findings.invalid(
                        here + ".name",
                        Json.string(name),
                        "a valid environment variable name must consist only of printable ASCII characters "
                                + "other than '='");
            }
            if (variable.has("valueFrom") && !Json.textAt(variable, "value").isEmpty()) {
                findings.invalid(
                        here + ".valueFrom", Json.string(""), "may not be specified when `value` is not empty");
            }
            if (variable.path("valueFrom").size() > 1) {
                findings.invalid(
                        here + ".valueFrom", Json.string(""), "may not have more than one field specified at a time");
            }
        }
    }

    private void mounts(JsonNode mounts, String path) {
        Set<String> paths = new HashSet<>();
        for (int i = 0; i < mounts.size(); i++) {
            String here = path + "[" + i + "]";
            String name = Json.textAt(mounts.get(i), "name");
            if (name.isEmpty()) {
                findings.required(here + ".name", "");
            } else if (!volumes.contains(name)) {
                findings.notFound(here + ".name", name);
            }
            String mountPath = Json.textAt(mounts.get(i), "mountPath");
            if (mountPath.isEmpty()) {
                findings.required(here + ".mountPath", "");
            } else if (!paths.add(mountPath)) {
                findings.invalid(here + ".mountPath", Json.string(mountPath), "must be unique");
            }
        }
    }

    private void probe(JsonNode probe, String path, boolean onceOnly) {
        List<String> handlers = HANDLERS.stream().filter(probe::has).toList();
        if (handlers.isEmpty()) {
            findings.required(path, "must specify a handler type");
        } else if (handlers.size() > 1) {
            findings.forbidden(path + "." + handlers.get(1), "may not specify more than 1 handler type");
        }
        for (String field : List.of(
                "initialDelaySeconds", "timeoutSeconds", "periodSeconds", "successThreshold", "failureThreshold")) {
            Checks.notNegative(findings, path + "." + field, probe.get(field));
        }
        if (onceOnly && Json.longAt(probe, 1, "successThreshold") != 1) {
            findings.invalid(path + ".successThreshold", probe.get("successThreshold"), "must be 1");
        }
        for (String handler : List.of("httpGet", "tcpSocket", "grpc")) {
            JsonNode port = probe.path(handler).get("port");
            if (probe.has(handler) && (port == null || port.isIntegralNumber())) {
                Checks.port(findings, path + "." + handler + ".port", port);
            }
        }
    }
}
