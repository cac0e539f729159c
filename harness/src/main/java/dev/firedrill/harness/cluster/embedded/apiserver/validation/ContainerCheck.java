package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One container of a pod. */
final class ContainerCheck {
    private final Findings findings;
    private final Set<String> volumes;
    private final long grace;

    /**
     * @param volumes the names of the pod's volumes
     * @param grace how long the pod may take to end, in seconds
     */
    ContainerCheck(Findings findings, Set<String> volumes, long grace) {
        this.findings = findings;
        this.volumes = volumes;
        this.grace = grace;
    }

    void check(JsonNode container, String path) {
        String name = Json.textAt(container, "name");
        if (name.isEmpty()) {
            findings.required(path + ".name", "");
        } else {
            Syntax.dnsLabel(findings, path + ".name", name);
        }
        image(Json.textAt(container, "image"), path + ".image");
        Checks.oneOf(
                findings,
                path + ".imagePullPolicy",
                Json.textAt(container, "imagePullPolicy"),
                "Always",
                "IfNotPresent",
                "Never");
        ports(container.path("ports"), path + ".ports");
        EnvironmentCheck environment = new EnvironmentCheck(findings);
        environment.variables(container.path("env"), path + ".env");
        environment.whole(container.path("envFrom"), path + ".envFrom");
        mounts(container.path("volumeMounts"), path + ".volumeMounts");
        HandlerCheck handlers = new HandlerCheck(findings);
        handlers.lifecycle(container.path("lifecycle"), path + ".lifecycle", grace);
        for (String probe : List.of("livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.has(probe)) {
                handlers.probe(container.path(probe), path + "." + probe, !probe.equals("readinessProbe"));
            }
        }
        security(container.path("securityContext"), path + ".securityContext");
        ResourceCheck.check(container.path("resources"), path + ".resources", findings);
        Checks.oneOf(
                findings,
                path + ".terminationMessagePolicy",
                Json.textAt(container, "terminationMessagePolicy"),
                "File",
                "FallbackToLogsOnError");
    }

    private void image(String image, String path) {
        if (image.isEmpty()) {
            findings.required(path, "");
        } else if (!image.equals(image.strip())) {
            findings.invalid(path, Json.string(image), "must not have leading or trailing whitespace");
        }
    }

    private void ports(JsonNode ports, String path) {
        Set<String> names = new HashSet<>();
        for (int i = 0; i < ports.size(); i++) {
            String here = path + "[" + i + "]";
            JsonNode port = ports.get(i);
            String name = Json.textAt(port, "name");
            if (!name.isEmpty()) {
                Syntax.portName(findings, here + ".name", name);
                if (!names.add(name)) {
                    findings.duplicate(here + ".name", Json.string(name));
                }
            }
            if (Json.longAt(port, 0, "containerPort") == 0) {
                findings.required(here + ".containerPort", "");
            } else {
                Checks.port(findings, here + ".containerPort", port.get("containerPort"));
            }
            if (Json.longAt(port, 0, "hostPort") != 0) {
                Checks.port(findings, here + ".hostPort", port.get("hostPort"));
            }
            Checks.oneOf(findings, here + ".protocol", Json.textAt(port, "protocol"), "SCTP", "TCP", "UDP");
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
            subPaths(mounts.get(i), path, here);
        }
    }

    /** The field of a path that leads out of its volume is told without the mount's number, as Kubernetes does. */
    private void subPaths(JsonNode mount, String path, String here) {
        String expression = Json.textAt(mount, "subPathExpr");
        Checks.descending(findings, path + ".subPath", Json.textAt(mount, "subPath"));
        if (!expression.isEmpty() && !Json.textAt(mount, "subPath").isEmpty()) {
            findings.invalid(
                    here + ".subPathExpr", Json.string(expression), "subPathExpr and subPath are mutually exclusive");
        }
        Checks.descending(findings, path + ".subPathExpr", expression);
    }

    private void security(JsonNode security, String path) {
        boolean privileged = security.path("privileged").asBoolean(false);
        if (privileged && !security.path("allowPrivilegeEscalation").asBoolean(true)) {
            findings.invalid(path, security, "cannot set `allowPrivilegeEscalation` to false and `privileged` to true");
        }
    }
}
