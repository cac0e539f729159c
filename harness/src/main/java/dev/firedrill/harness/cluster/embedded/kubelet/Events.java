package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the cluster's users what happens to their pods. The same thing again raises the count of its first Event. */
final class Events {
    private static final Logger LOG = LoggerFactory.getLogger(Events.class);
    private static final int REMEMBERED = 1000;

    private final KubernetesClient client;
    private final String node;
    private final Lane lane;
    private final AtomicLong sequence = new AtomicLong();
    private final Map<Occurrence, Event> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Occurrence, Event> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Occurrence(ObjectReference object, String type, String reason, String message) {}

    Events(KubernetesClient client, String node, Lane lane) {
        this.client = client;
        this.node = node;
        this.lane = lane;
    }

    void normal(Pod pod, @Nullable String fieldPath, String reason, String message) {
        emit(reference(pod, fieldPath), "Normal", reason, message);
    }

    void warning(Pod pod, @Nullable String fieldPath, String reason, String message) {
        emit(reference(pod, fieldPath), "Warning", reason, message);
    }

    private static ObjectReference reference(Pod pod, @Nullable String fieldPath) {
        return new ObjectReferenceBuilder()
                .withApiVersion("v1")
                .withKind("Pod")
                .withNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .withUid(pod.getMetadata().getUid())
                .withFieldPath(fieldPath)
                .build();
    }

    private void emit(ObjectReference object, String type, String reason, String message) {
        String now = NodeContext.timestamp(Instant.now());
        lane.execute(() -> {
            Occurrence occurrence = new Occurrence(object, type, reason, message);
            try {
                Event before = known.get(occurrence);
                known.put(occurrence, before == null ? create(occurrence, now) : again(before, now));
            } catch (KubernetesClientException e) {
                LOG.debug("event {} of {} not recorded", reason, object.getName(), e);
            }
        });
    }

    private Event create(Occurrence occurrence, String now) {
        ObjectReference object = occurrence.object();
        String name = object.getName() + "."
                + Long.toHexString(System.currentTimeMillis() << 20 | sequence.getAndIncrement());
        Event event = new EventBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(object.getNamespace())
                .endMetadata()
                .withInvolvedObject(object)
                .withType(occurrence.type())
                .withReason(occurrence.reason())
                .withMessage(occurrence.message())
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .withNewSource("kubelet", node)
                .withReportingComponent("kubelet")
                .withReportingInstance(node)
                .build();
        return client.v1()
                .events()
                .inNamespace(object.getNamespace())
                .resource(event)
                .create();
    }

    private Event again(Event before, String now) {
        Event more = new EventBuilder(before)
                .withCount(before.getCount() + 1)
                .withLastTimestamp(now)
                .editMetadata()
                .withResourceVersion(null)
                .endMetadata()
                .build();
        return client.v1()
                .events()
                .inNamespace(before.getMetadata().getNamespace())
                .resource(more)
                .update();
    }
}
