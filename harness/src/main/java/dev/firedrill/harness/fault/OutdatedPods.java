package dev.firedrill.harness.fault;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The pods that a ReplicaSet made while its template was wrong. It keeps them whatever its template says since, even
 * one that can never start: to put the template back is not enough.
 *
 * <p>Source: Kubernetes, "ReplicaSet": it makes and deletes pods to have as many as it wants, and changes none.
 */
final class OutdatedPods {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TEMPLATE = "/spec/template";

    private final KubernetesClient client;
    private final String namespace;

    OutdatedPods(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Whether a change leaves such pods behind. */
    static boolean areLeftBy(FieldChange change) {
        return change.target().kind().equals("ReplicaSet") && change.pointer().startsWith(TEMPLATE + "/spec/");
    }

    /** Deletes the pods that hold what a change wrote into the template, and returns whether there was one. */
    boolean delete(FieldChange change, JsonNode replicaSet) {
        String uid = replicaSet.at("/metadata/uid").asString("");
        List<Pod> outdated = client.pods().inNamespace(namespace).list().getItems().stream()
                .filter(pod -> pod.getMetadata().getDeletionTimestamp() == null)
                .filter(pod ->
                        pod.getMetadata().getOwnerReferences().stream().anyMatch(owner -> uid.equals(owner.getUid())))
                .filter(pod -> holds(pod, change))
                .toList();
        outdated.forEach(pod -> client.pods()
                .inNamespace(namespace)
                .withName(pod.getMetadata().getName())
                .delete());
        return !outdated.isEmpty();
    }

    private boolean holds(Pod pod, FieldChange change) {
        JsonNode tree = JSON.readTree(client.getKubernetesSerialization().asJson(pod));
        Optional<JsonNode> now = ObjectFields.field(tree, change.pointer().substring(TEMPLATE.length()));
        return now.isPresent() && now.equals(change.after());
    }
}
