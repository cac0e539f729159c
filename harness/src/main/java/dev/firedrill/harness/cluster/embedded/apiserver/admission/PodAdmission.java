package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a new pod gets: its service account with that account's token, tolerations, a quality of service, a phase.
 *
 * <p>Source: the admission plugins ServiceAccount, DefaultTolerationSeconds, Priority and RuntimeClass of Kubernetes.
 */
final class PodAdmission {
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final ResourceKind ACCOUNTS = KindTable.of("", "serviceaccounts");
    private static final int TOKEN_SECONDS = 3607;
    private static final int MODE_0644 = 420;
    private static final List<String> NODE_TROUBLES =
            List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable");

    private final ObjectStore store;
    private final PodPriority priority;
    private final PodRuntime runtime;

    PodAdmission(ObjectStore store) {
        this.store = store;
        this.runtime = new PodRuntime(store);
        this.priority = new PodPriority(store);
    }

    void admit(ObjectNode pod) {
        ObjectNode spec = Fill.object(pod, "spec");
        priority.admit(pod);
        serviceAccount(pod, spec);
        tolerations(spec);
        runtime.admit(pod);
        if (Json.longAt(spec, 0, "terminationGracePeriodSeconds") < 0) {
            spec.put("terminationGracePeriodSeconds", 1);
        }
        ObjectNode status = pod.putObject("status");
        status.put("phase", "Pending");
        status.put("qosClass", QualityOfService.of(spec));
        if (!spec.path("schedulingGates").isEmpty()) {
            gated(pod, status);
        }
    }

    /** The scheduler does not look at it yet, and the server says so. */
    private static void gated(ObjectNode pod, ObjectNode status) {
        status.putArray("conditions")
                .addObject()
                .put("type", "PodScheduled")
                .put("status", "False")
                .putNull("lastProbeTime")
                .put("lastTransitionTime", Json.textAt(pod, "metadata", "creationTimestamp"))
                .put("reason", "SchedulingGated")
                .put("message", "Scheduling is blocked due to non-empty scheduling gates");
    }

    private void serviceAccount(ObjectNode pod, ObjectNode spec) {
        Fill.text(spec, "serviceAccountName", "default");
        String name = Json.textAt(spec, "serviceAccountName");
        spec.put("serviceAccount", name);
        String namespace = Json.textAt(pod, "metadata", "namespace");
        Optional<StoredObject> account = store.get(ACCOUNTS, namespace, name);
        if (account.isEmpty()) {
            String why = "error looking up service account %s/%s: serviceaccount \"%s\" not found"
                    .formatted(namespace, name, name);
            throw StatusException.forbidden(KindTable.of("", "pods"), Json.textAt(pod, "metadata", "name"), why);
        }
        ObjectNode tree = account.get().tree();
        ArrayNode secrets = Json.arrayAt(tree, "imagePullSecrets");
        if (!secrets.isEmpty() && !spec.has("imagePullSecrets")) {
            spec.set("imagePullSecrets", secrets);
        }
        JsonNode wanted = spec.path("automountServiceAccountToken");
        boolean mount =
                wanted.asBoolean(tree.path("automountServiceAccountToken").asBoolean(true));
        if (mount) {
            mountToken(spec);
        }
    }

    private static void mountToken(ObjectNode spec) {
        String volume = "kube-api-access-" + Names.suffix();
        boolean mounted = false;
        for (String list : List.of("initContainers", "containers")) {
            for (JsonNode item : Json.arrayAt(spec, list)) {
                mounted |= mount((ObjectNode) item, volume);
            }
        }
        if (mounted) {
            Fill.list(spec, "volumes", List.of()).add(tokenVolume(volume));
        }
    }

    private static boolean mount(ObjectNode container, String volume) {
        ArrayNode mounts = Fill.list(container, "volumeMounts", List.of());
        for (JsonNode mount : mounts) {
            if (Json.textAt(mount, "mountPath").equals(TOKEN_PATH)) {
                return false;
            }
        }
        mounts.addObject().put("name", volume).put("readOnly", true).put("mountPath", TOKEN_PATH);
        return true;
    }

    private static ObjectNode tokenVolume(String name) {
        ObjectNode volume = Json.object().put("name", name);
        ObjectNode projected = volume.putObject("projected");
        ArrayNode sources = projected.putArray("sources");
        sources.addObject()
                .putObject("serviceAccountToken")
                .put("expirationSeconds", TOKEN_SECONDS)
                .put("path", "token");
        ObjectNode authority = sources.addObject().putObject("configMap").put("name", "kube-root-ca.crt");
        authority.putArray("items").addObject().put("key", "ca.crt").put("path", "ca.crt");
        ObjectNode item = sources.addObject()
                .putObject("downwardAPI")
                .putArray("items")
                .addObject()
                .put("path", "namespace");
        item.putObject("fieldRef").put("apiVersion", "v1").put("fieldPath", "metadata.namespace");
        projected.put("defaultMode", MODE_0644);
        return volume;
    }

    private static void tolerations(ObjectNode spec) {
        ArrayNode tolerations = Fill.list(spec, "tolerations", List.of());
        for (String trouble : NODE_TROUBLES) {
            boolean tolerated = false;
            for (JsonNode toleration : tolerations) {
                String key = Json.textAt(toleration, "key");
                String effect = Json.textAt(toleration, "effect");
                tolerated |= (key.isEmpty() || key.equals(trouble)) && (effect.isEmpty() || effect.equals("NoExecute"));
            }
            if (!tolerated) {
                tolerations
                        .addObject()
                        .put("key", trouble)
                        .put("operator", "Exists")
                        .put("effect", "NoExecute")
                        .put("tolerationSeconds", 300);
            }
        }
    }
}
