package dev.firedrill.harness.cluster.embedded.apiserver.selector;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * The fields by which objects of a kind can be selected.
 *
 * <p>Source: the field label conversions in k8s.io/kubernetes, {@code pkg/apis/*}{@code /v1/conversion.go}.
 */
public final class SelectableFields {
    private static final Map<String, Map<String, String[]>> BY_STORAGE = Map.of(
            "pods",
            paths(
                    "spec.nodeName",
                    "spec.restartPolicy",
                    "spec.schedulerName",
                    "spec.serviceAccountName",
                    "spec.hostNetwork",
                    "status.phase",
                    "status.podIP",
                    "status.podIPs",
                    "status.nominatedNodeName"),
            "events",
            paths(
                    "involvedObject.kind",
                    "involvedObject.namespace",
                    "involvedObject.name",
                    "involvedObject.uid",
                    "involvedObject.apiVersion",
                    "involvedObject.resourceVersion",
                    "involvedObject.fieldPath",
                    "reason",
                    "reportingComponent",
                    "source",
                    "type"),
            "nodes",
            paths("spec.unschedulable"),
            "namespaces",
            paths("status.phase"),
            "secrets",
            paths("type"),
            "services",
            paths("spec.clusterIP", "spec.type"),
            "replicationcontrollers",
            paths("status.replicas"),
            "jobs.batch",
            paths("status.successful"),
            "certificatesigningrequests.certificates.k8s.io",
            paths("spec.signerName"),
            "resourceslices.resource.k8s.io",
            paths("spec.nodeName", "spec.driver"));
    private static final Set<String> ALWAYS = Set.of("metadata.name", "metadata.namespace");

    private SelectableFields() {}

    /** The names of a kind's fields, each with its name in objects as they are kept. */
    public static Map<String, String> names(ResourceKind kind) {
        Map<String, String> names = new HashMap<>();
        ALWAYS.forEach(name -> names.put(name, name));
        boolean newEvents = kind.group().equals("events.k8s.io");
        for (String kept : BY_STORAGE.getOrDefault(kind.storage(), Map.of()).keySet()) {
            String name = newEvents ? nameOfNewEvents(kept) : kept;
            if (!name.isEmpty()) {
                names.put(name, kept);
            }
        }
        return names;
    }

    private static String nameOfNewEvents(String kept) {
        return switch (kept) {
            case "reportingComponent" -> "reportingController";
            case "source" -> "";
            default -> kept.replaceFirst("^involvedObject\\.", "regarding.");
        };
    }

    /** The values of an object's fields. */
    public static Map<String, String> of(ResourceKind kind, JsonNode object) {
        Map<String, String> values = new HashMap<>();
        values.put("metadata.name", Json.textAt(object, "metadata", "name"));
        values.put("metadata.namespace", Json.textAt(object, "metadata", "namespace"));
        BY_STORAGE
                .getOrDefault(kind.storage(), Map.of())
                .forEach((name, path) -> values.put(name, value(kind, name, object, path)));
        return values;
    }

    private static String value(ResourceKind kind, String name, JsonNode object, String... path) {
        String text = Json.textAt(object, path);
        if (kind.storage().equals("events") && name.equals("source")) {
            String component = Json.textAt(object, "source", "component");
            return component.isEmpty() ? Json.textAt(object, "reportingComponent") : component;
        }
        boolean flag = name.equals("spec.unschedulable") || name.equals("spec.hostNetwork");
        return text.isEmpty() && flag ? "false" : text;
    }

    private static Map<String, String[]> paths(String... names) {
        Map<String, String[]> paths = new HashMap<>();
        for (String name : names) {
            paths.put(name, name.split("\\.", -1));
        }
        return paths;
    }
}
