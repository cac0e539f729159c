package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.time.Duration;
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

    private void send(ObjectMeta identity) {
        PodStatus newest = wanted;
        if (newest == null || Objects.equals(newest, published)) {
            return;
        }
        String body = context.client()
                .getKubernetesSerialization()
                .asJson(Map.of("metadata", Map.of("uid", identity.getUid()), "status", newest));
        try {
            context.client()
                    .pods()
                    .inNamespace(identity.getNamespace())
                    .resource(new PodBuilder().withMetadata(identity).build())
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), body);
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
