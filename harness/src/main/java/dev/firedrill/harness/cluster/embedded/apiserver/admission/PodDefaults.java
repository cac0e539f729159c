package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a pod's specification says if its author says nothing.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/v1/defaults.go}.
 */
final class PodDefaults {
    private static final int MODE_0644 = 420;
    private static final Set<String> DIGEST_OR_TAG = Set.of("@", ":");
    private static final List<String> CONTAINER_LISTS = List.of("initContainers", "containers", "ephemeralContainers");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private PodDefaults() {}

    /** Of a pod and of a template. */
    static void spec(ObjectNode spec) {
        Fill.text(spec, "restartPolicy", "Always");
        Fill.text(spec, "dnsPolicy", "ClusterFirst");
        Fill.text(spec, "schedulerName", "default-scheduler");
        Fill.number(spec, "terminationGracePeriodSeconds", 30);
        Fill.object(spec, "securityContext");
        String account = Json.textAt(spec, "serviceAccountName");
        if (account.isEmpty()) {
            account = Json.textAt(spec, "serviceAccount");
        }
        if (!account.isEmpty()) {
            spec.put("serviceAccountName", account).put("serviceAccount", account);
        }
        for (String list : CONTAINER_LISTS) {
            Fill.each(spec, list, PodDefaults::container);
        }
        Fill.each(spec, "volumes", PodDefaults::volume);
    }

    /** Of a pod alone. */
    static void pod(ObjectNode spec) {
        Fill.flag(spec, "enableServiceLinks", true);
        for (String list : CONTAINER_LISTS) {
            Fill.each(spec, list, container -> requests(Fill.object(container, "resources")));
        }
    }

    private static void requests(ObjectNode resources) {
        Fill.within(resources, "limits", limits -> {
            ObjectNode requests = Fill.object(resources, "requests");
            limits.properties().forEach(limit -> requests.putIfAbsent(limit.getKey(), limit.getValue()));
        });
    }

    private static void container(ObjectNode container) {
        Fill.object(container, "resources");
        Fill.text(container, "terminationMessagePath", "/dev/termination-log");
        Fill.text(container, "terminationMessagePolicy", "File");
        Fill.text(container, "imagePullPolicy", pullPolicy(Json.textAt(container, "image")));
        Fill.each(container, "ports", port -> Fill.text(port, "protocol", "TCP"));
        Fill.each(container, "env", PodDefaults::fieldReference);
        for (String probe : PROBES) {
            Fill.within(container, probe, PodDefaults::probe);
        }
        Fill.within(container, "lifecycle", lifecycle -> {
            Fill.within(lifecycle, "postStart", PodDefaults::httpGet);
            Fill.within(lifecycle, "preStop", PodDefaults::httpGet);
        });
    }

    /** An image without a tag, or with the tag {@code latest}, may change any time. */
    private static String pullPolicy(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1);
        boolean fixed = DIGEST_OR_TAG.stream().anyMatch(name::contains) && !name.endsWith(":latest");
        return fixed ? "IfNotPresent" : "Always";
    }

    private static void fieldReference(ObjectNode owner) {
        Fill.within(
                owner, "valueFrom", from -> Fill.within(from, "fieldRef", ref -> Fill.text(ref, "apiVersion", "v1")));
    }

    private static void probe(ObjectNode probe) {
        Fill.number(probe, "timeoutSeconds", 1);
        Fill.number(probe, "periodSeconds", 10);
        Fill.number(probe, "successThreshold", 1);
        Fill.number(probe, "failureThreshold", 3);
        Fill.within(probe, "grpc", grpc -> Fill.text(grpc, "service", ""));
        httpGet(probe);
    }

    private static void httpGet(ObjectNode handler) {
        Fill.within(handler, "httpGet", get -> {
            Fill.text(get, "path", "/");
            Fill.text(get, "scheme", "HTTP");
        });
    }

    private static void volume(ObjectNode volume) {
        if (volume.size() == 1 && volume.has("name")) {
            volume.putObject("emptyDir");
        }
        for (String source : List.of("secret", "configMap", "projected", "downwardAPI")) {
            Fill.within(volume, source, it -> Fill.number(it, "defaultMode", MODE_0644));
        }
        Fill.within(volume, "downwardAPI", PodDefaults::downwardItems);
        StorageDefaults.source(volume);
        Fill.within(volume, "ephemeral", StorageDefaults::ephemeral);
        Fill.within(
                volume,
                "projected",
                projected -> Fill.each(projected, "sources", source -> {
                    Fill.within(source, "downwardAPI", PodDefaults::downwardItems);
                    Fill.within(source, "serviceAccountToken", token -> Fill.number(token, "expirationSeconds", 3600));
                }));
    }

    private static void downwardItems(ObjectNode source) {
        for (JsonNode item : Json.arrayAt(source, "items")) {
            if (item.get("fieldRef") instanceof ObjectNode reference) {
                Fill.text(reference, "apiVersion", "v1");
            }
        }
    }
}
