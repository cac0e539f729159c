package dev.firedrill.harness.fault;

import dev.firedrill.harness.cluster.SliceReads;
import dev.firedrill.harness.model.InjectionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the objects that a plan adds to the namespace, and deletes them again, with their pods. */
final class MadeObjects {
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration GONE = Duration.ofSeconds(30);
    private static final JsonPointer MARK =
            JsonPointer.compile("/metadata/annotations/" + ObjectFields.escaped(ObjectCreation.ANNOTATION));

    private final KubernetesClient client;
    private final String namespace;
    private final ObjectFields fields;
    private final AtomicLong waited = new AtomicLong();

    MadeObjects(KubernetesClient client, String namespace, ObjectFields fields) {
        this.client = client;
        this.namespace = namespace;
        this.fields = fields;
    }

    /** The Toxiproxy that a change is for. */
    Toxiproxy toxiproxy(ToxicChange change) {
        return new Toxiproxy(client, namespace, change.target());
    }

    /** Makes an object unless it was made before; a Deployment is ready when this returns. */
    ObjectFields.Outcome create(ObjectCreation creation) {
        ObjectNode object = (ObjectNode) creation.object().deepCopy();
        object.withObject("/metadata/annotations").put(ObjectCreation.ANNOTATION, creation.mark());
        ObjectFields.Outcome outcome = ObjectFields.Outcome.WRITTEN;
        try {
            client.resource(client.getKubernetesSerialization()
                            .unmarshal(object.toString(), GenericKubernetesResource.class))
                    .inNamespace(namespace)
                    .create();
        } catch (KubernetesClientException e) {
            Optional<JsonNode> now =
                    e.getCode() == HttpURLConnection.HTTP_CONFLICT ? fields.read(creation.target()) : Optional.empty();
            if (now.isEmpty()) {
                throw e;
            }
            if (!isOurs(creation, now.get())) {
                return ObjectFields.Outcome.CONFLICT;
            }
            outcome = ObjectFields.Outcome.ALREADY;
        }
        if (isDeployment(creation) && !within(READY, () -> isReady(creation.target()))) {
            throw new InjectionException(creation.target() + " was not ready within " + READY.toSeconds() + " s: "
                    + state(creation) + "; can the node have its image?");
        }
        return outcome;
    }

    /** Deletes an object if it is the one that was made. */
    ObjectFields.Outcome remove(ObjectCreation creation) {
        Optional<JsonNode> now = fields.read(creation.target());
        if (now.isEmpty()) {
            return ObjectFields.Outcome.ALREADY;
        }
        if (!isOurs(creation, now.get())) {
            return ObjectFields.Outcome.CONFLICT;
        }
        if (isDeployment(creation)) {
            boolean unused = within(GONE, () -> !isUsed(creation));
        }
        client.genericKubernetesResources(
                        creation.target().apiVersion(), creation.target().kind())
                .inNamespace(namespace)
                .withName(creation.target().name())
                .delete();
        boolean gone = within(
                GONE,
                () -> fields.read(creation.target()).isEmpty()
                        && (!isDeployment(creation) || pods(creation).isEmpty()));
        if (!gone) {
            throw new KubernetesClientException(creation.target() + " or a pod of it was still there "
                    + GONE.toSeconds() + " s after its deletion");
        }
        return ObjectFields.Outcome.WRITTEN;
    }

    private static boolean isOurs(ObjectCreation creation, JsonNode object) {
        return object.at(MARK).asString("").equals(creation.mark());
    }

    private static boolean isDeployment(ObjectCreation creation) {
        return creation.target().kind().equals("Deployment");
    }

    private boolean isReady(ObjectRef deployment) {
        return fields.read(deployment)
                        .map(object -> object.at("/status/readyReplicas").asInt(0))
                        .orElse(0)
                > 0;
    }

    private List<Pod> pods(ObjectCreation deployment) {
        Map<String, String> labels = new HashMap<>();
        deployment
                .object()
                .at("/spec/selector/matchLabels")
                .properties()
                .forEach(label -> labels.put(label.getKey(), label.getValue().asString()));
        return client.pods().inNamespace(namespace).withLabels(labels).list().getItems();
    }

    /** Whether a Service that is not its own still leads to its pods: then clients would notice that they go. */
    private boolean isUsed(ObjectCreation deployment) {
        List<String> pods = pods(deployment).stream()
                .map(pod -> pod.getMetadata().getName())
                .toList();
        return client.discovery().v1().endpointSlices().inNamespace(namespace).list().getItems().stream()
                .filter(slice ->
                        !serviceOf(slice).startsWith(deployment.target().name()))
                .flatMap(slice -> SliceReads.endpoints(slice).stream())
                .anyMatch(endpoint -> endpoint.getTargetRef() != null
                        && pods.contains(endpoint.getTargetRef().getName()));
    }

    private static String serviceOf(EndpointSlice slice) {
        return slice.getMetadata().getLabels().getOrDefault("kubernetes.io/service-name", "");
    }

    private String state(ObjectCreation deployment) {
        return pods(deployment).stream()
                .flatMap(pod -> pod.getStatus().getContainerStatuses().stream())
                .map(container -> String.valueOf(container.getState()))
                .findFirst()
                .orElse("it has no pod");
    }

    /** How long it was waited for what was made to be ready or gone, since this was asked last. */
    Duration takeWaited() {
        return Duration.ofNanos(waited.getAndSet(0));
    }

    private boolean within(Duration time, BooleanSupplier there) {
        long begun = System.nanoTime();
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(50))
                    .atMost(time)
                    .until(there::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException notThere) {
            return false;
        } finally {
            waited.addAndGet(System.nanoTime() - begun);
        }
    }
}
