package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes one pod's status to the API: only the newest, only if it changed, again if the API did not answer. */
final class StatusPublisher {
    private static final Logger LOG = LoggerFactory.getLogger(StatusPublisher.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final NodeContext context;
    private final Lane lane;
    private @Nullable PodStatus published;
    private volatile @Nullable PodStatus wanted;

    StatusPublisher(NodeContext context) {
        this.context = context;
        this.lane = new Lane(context.pool());
    }

    void publish(Pod pod, PodStatus status) {
        wanted = status;
        ObjectMeta identity = pod.getMetadata();
        lane.execute(() -> send(identity));
    }

    /** Runs a task after everything that was published before is written. */
    void afterwards(Runnable task) {
        lane.execute(task);
    }

    /** Says all that the kubelet knows, and nothing of the conditions that others set. */
    private String patch(ObjectMeta identity, PodStatus status) {
        Map<String, @Nullable Object> said = fields(status);
        List<Map<String, @Nullable Object>> conditions = new ArrayList<>();
        for (PodCondition condition : status.getConditions()) {
            Map<String, @Nullable Object> own = fields(condition);
            // What is not said in a merged condition would stay.
            own.putIfAbsent("reason", null);
            own.putIfAbsent("message", null);
            conditions.add(own);
        }
        said.put("conditions", conditions);
        said.put(
                "$setElementOrder/conditions",
                status.getConditions().stream()
                        .map(condition -> Map.of("type", condition.getType()))
                        .toList());
        return context.client()
                .getKubernetesSerialization()
                .asJson(Map.of("metadata", Map.of("uid", identity.getUid()), "status", said));
    }

    private Map<String, @Nullable Object> fields(Object model) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        Map<?, ?> converted = context.client().getKubernetesSerialization().convertValue(model, Map.class);
        converted.forEach((name, value) -> fields.put(String.valueOf(name), value));
        return fields;
    }

    private void send(ObjectMeta identity) {
        PodStatus newest = wanted;
        if (newest == null || Objects.equals(newest, published)) {
            return;
        }
        String body = patch(identity, newest);
        try {
            context.client()
                    .pods()
                    .inNamespace(identity.getNamespace())
                    .resource(new PodBuilder().withMetadata(identity).build())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.STRATEGIC_MERGE), body);
            published = newest;
        } catch (KubernetesClientException e) {
            boolean gone =
                    e.getCode() == HttpURLConnection.HTTP_NOT_FOUND || e.getCode() == HttpURLConnection.HTTP_CONFLICT;
            if (!gone) {
                LOG.debug("status of pod {} not written yet", identity.getName(), e);
                context.after(RETRY, lane, () -> send(identity));
            }
        }
    }
}
