package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A pod's specification.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation}.
 */
final class PodSpecCheck {
    private static final String MAY_CHANGE = "pod updates may not change fields other than "
            + "`spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,"
            + "`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` "
            + "(allow it to be set to 1 if it was previously negative)";

    private static final String DEADLINE = "activeDeadlineSeconds";
    private static final long DEFAULT_GRACE = 30;

    private final Findings findings;

    PodSpecCheck(Findings findings) {
        this.findings = findings;
    }

    /**
     * @param path of the specification, such as {@code spec.template.spec}
     */
    void check(JsonNode spec, String path) {
        JsonNode containers = spec.path("containers");
        if (containers.isEmpty()) {
            findings.required(path + ".containers", "");
        }
        Set<String> volumes = new VolumeCheck(findings).check(spec.path("volumes"), path + ".volumes");
        long grace = Json.longAt(spec, DEFAULT_GRACE, "terminationGracePeriodSeconds");
        ContainerCheck check = new ContainerCheck(findings, volumes, grace);
        Set<String> names = new HashSet<>();
        for (String list : new String[] {"initContainers", "containers"}) {
            JsonNode items = spec.path(list);
            for (int i = 0; i < items.size(); i++) {
                String here = path + "." + list + "[" + i + "]";
                check.check(items.get(i), here);
                if (list.equals("initContainers")) {
                    before(items.get(i), here);
                }
                String name = Json.textAt(items.get(i), "name");
                if (!name.isEmpty() && !names.add(name)) {
                    findings.duplicate(here + ".name", Json.string(name));
                }
            }
        }
        Checks.oneOf(
                findings, path + ".restartPolicy", Json.textAt(spec, "restartPolicy"), "Always", "OnFailure", "Never");
        Checks.oneOf(
                findings,
                path + ".dnsPolicy",
                Json.textAt(spec, "dnsPolicy"),
                "ClusterFirstWithHostNet",
                "ClusterFirst",
                "Default",
                "None");
        Checks.range(findings, path + "." + DEADLINE, spec.get(DEADLINE), 1, Integer.MAX_VALUE);
        Syntax.labels(findings, path + ".nodeSelector", spec.path("nodeSelector"));
        for (String label : List.of("hostname", "subdomain")) {
            if (!Json.textAt(spec, label).isEmpty()) {
                Syntax.dnsLabel(findings, path + "." + label, Json.textAt(spec, label));
            }
        }
        if (!Json.textAt(spec, "nodeName").isEmpty()
                && !spec.path("schedulingGates").isEmpty()) {
            findings.forbidden(path + ".nodeName", "cannot be set until all schedulingGates have been cleared");
        }
        names(spec, path);
        TolerationCheck.check(spec.path("tolerations"), path + ".tolerations", findings);
        new PlacementCheck(findings).check(spec, path);
    }

    /** By which names others are known in it. */
    private void names(JsonNode spec, String path) {
        if (Json.textAt(spec, "dnsPolicy").equals("None")
                && spec.path("dnsConfig").path("nameservers").isEmpty()) {
            boolean missing = !spec.has("dnsConfig");
            findings.required(
                    path + (missing ? ".dnsConfig" : ".dnsConfig.nameservers"),
                    missing
                            ? "must provide `dnsConfig` when `dnsPolicy` is None"
                            : "must provide at least one DNS nameserver when `dnsPolicy` is None");
        }
        JsonNode aliases = spec.path("hostAliases");
        for (int i = 0; i < aliases.size(); i++) {
            String alias = path + ".hostAliases[" + i + "]";
            Syntax.address(findings, alias + ".ip", Json.textAt(aliases.get(i), "ip"));
            JsonNode hosts = aliases.get(i).path("hostnames");
            for (int j = 0; j < hosts.size(); j++) {
                Syntax.dnsName(
                        findings, alias + ".hostnames[" + j + "]", hosts.get(j).asString(""));
            }
        }
    }

    /** What runs before the others and ends has nothing that is done at a container that goes on. */
    private void before(JsonNode container, String path) {
        if (Json.textAt(container, "restartPolicy").equals("Always")) {
            return;
        }
        for (String field : List.of("lifecycle", "livenessProbe", "readinessProbe", "startupProbe")) {
            if (container.has(field)) {
                findings.forbidden(
                        path + "." + field, "may not be set for init containers without restartPolicy=Always");
            }
        }
    }

    /** What may change in a pod that is there. */
    void update(JsonNode before, JsonNode after) {
        for (String list : new String[] {"containers", "initContainers"}) {
            if (before.path(list).size() != after.path(list).size()) {
                findings.forbidden("spec." + list, "pod updates may not add or remove containers");
                return;
            }
        }
        deadline(before.get(DEADLINE), after.get(DEADLINE));
        if (!fixedPart(before).equals(fixedPart(after))) {
            findings.forbidden("spec", MAY_CHANGE);
        }
    }

    /** A pod's deadline may come nearer. */
    private void deadline(@Nullable JsonNode before, @Nullable JsonNode after) {
        if (before != null && after == null) {
            findings.invalid("spec." + DEADLINE, null, "must not update from a positive integer to nil value");
        } else if (before != null && after != null && after.longValue() > before.longValue()) {
            findings.invalid("spec." + DEADLINE, after, "must be less than or equal to previous value");
        }
    }

    private static ObjectNode fixedPart(JsonNode spec) {
        ObjectNode fixed = (ObjectNode) spec.deepCopy();
        fixed.remove(List.of(DEADLINE, "tolerations", "schedulingGates"));
        for (String list : new String[] {"initContainers", "containers"}) {
            for (JsonNode container : fixed.path(list)) {
                ((ObjectNode) container).remove("image");
            }
        }
        return fixed;
    }
}
