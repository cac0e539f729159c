package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.InjectionException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The objects of one namespace, field by field: what a fault plans its changes with. Writing is the engine's, by JSON
 * patches of the very version of the object whose field was looked at. The old value itself is no good test: an API
 * server compares texts in their written form, in which {@code >} may be escaped.
 *
 * <pre>{@code
 * FieldChange change = scene.objects().set(ObjectRef.service("api"), "/spec/selector/app", JSON.stringNode("other"));
 * }</pre>
 */
public final class ObjectFields {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Set<String> BOOKKEEPING =
            Set.of("managedFields", "resourceVersion", "generation", "uid", "creationTimestamp", "selfLink");

    private static final String VERSION = "/metadata/resourceVersion";
    private static final int UNPROCESSABLE = 422;
    private static final int ATTEMPTS = 10;

    private final KubernetesClient client;
    private final String namespace;
    private final @Nullable Map<ObjectRef, Optional<JsonNode>> seen;

    ObjectFields(KubernetesClient client, String namespace) {
        this(client, namespace, null);
    }

    private ObjectFields(KubernetesClient client, String namespace, @Nullable Map<ObjectRef, Optional<JsonNode>> seen) {
        this.client = client;
        this.namespace = namespace;
        this.seen = seen;
    }

    /** The same objects, each as it is when it is read first: all of a plan then rests on one state of it. */
    ObjectFields readOnce() {
        return new ObjectFields(client, namespace, new HashMap<>());
    }

    /** The whole object as a tree, or empty where it is not there. */
    public Optional<JsonNode> read(ObjectRef ref) {
        return seen == null
                ? readNow(ref)
                : seen.computeIfAbsent(ref, this::readNow).map(JsonNode::deepCopy);
    }

    private Optional<JsonNode> readNow(ObjectRef ref) {
        return Optional.ofNullable(resource(ref).get())
                .map(object -> JSON.readTree(client.getKubernetesSerialization().asJson(object)));
    }

    /**
     * The whole object, which must be there.
     *
     * @throws ConfigurationException if it is not
     */
    public JsonNode require(ObjectRef ref) {
        return read(ref)
                .orElseThrow(
                        () -> new ConfigurationException("the fault's target " + ref + " is not there in namespace "
                                + namespace + "; look with: kubectl -n " + namespace + " get "
                                + ref.kind().toLowerCase(java.util.Locale.ROOT)));
    }

    /** A field of an object, or empty where it is absent. */
    public static Optional<JsonNode> field(JsonNode object, String pointer) {
        JsonNode value = object.at(JsonPointer.compile(pointer));
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    /**
     * The change that sets a field to a value, with what it holds now.
     *
     * @param pointer the field, as a JSON pointer (RFC 6901); see {@link #escaped}
     * @throws ConfigurationException if the object is not there
     */
    public FieldChange set(ObjectRef ref, String pointer, JsonNode value) {
        return new FieldChange(ref, pointer, field(require(ref), pointer).orElse(null), value);
    }

    /**
     * The change that removes a field, with what it holds now.
     *
     * @throws ConfigurationException if the object is not there
     */
    public FieldChange remove(ObjectRef ref, String pointer) {
        return new FieldChange(ref, pointer, field(require(ref), pointer).orElse(null), null);
    }

    /**
     * The change that deletes an object, with all that is needed to make it again.
     *
     * @throws ConfigurationException if the object is not there
     */
    public ObjectDeletion delete(ObjectRef ref) {
        JsonNode now = require(ref);
        return new ObjectDeletion(ref, now.at("/metadata/uid").asString(""), declared(now));
    }

    /** A key of a map as a part of a JSON pointer. */
    public static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }

    /** An object without status and bookkeeping, so that it can be made again. */
    private static JsonNode declared(JsonNode object) {
        ObjectNode copy = (ObjectNode) object.deepCopy();
        copy.remove("status");
        ((ObjectNode) copy.path("metadata")).remove(BOOKKEEPING);
        return copy;
    }

    /** What came of an attempt to write. */
    enum Outcome {
        WRITTEN,
        ALREADY,
        CONFLICT,
        GONE;

        /** Whether the object is now as it was meant to be, whoever has made it so. */
        boolean holds() {
            return this == WRITTEN || this == ALREADY;
        }
    }

    /** Writes a change if its field still holds what the change replaces. */
    Outcome write(FieldChange change) {
        KubernetesClientException refused = null;
        String refusedVersion = "";
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Optional<JsonNode> object = read(change.target());
            if (object.isEmpty()) {
                return Outcome.GONE;
            }
            String version = object.get().at(VERSION).asString();
            if (refused != null && version.equals(refusedVersion)) {
                throw refused;
            }
            Optional<JsonNode> now = field(object.get(), change.pointer());
            if (now.equals(change.after())) {
                if (refused != null) { // by ourselves, and the answer was lost
                    new ConfigurationVolumes(client, namespace).follow(change.target());
                }
                return Outcome.ALREADY;
            }
            if (!now.equals(change.before())) {
                return Outcome.CONFLICT;
            }
            try {
                resource(change.target())
                        .patch(
                                PatchContext.of(PatchType.JSON),
                                patch(change, object.get()).toString());
                new ConfigurationVolumes(client, namespace).follow(change.target());
                return Outcome.WRITTEN;
            } catch (KubernetesClientException e) {
                if (e.getCode() != UNPROCESSABLE) {
                    throw e;
                }
                refused = e;
                refusedVersion = version;
            }
        }
        return Outcome.CONFLICT;
    }

    /** Deletes an object, if it is still the one that was planned for. */
    Outcome delete(ObjectDeletion deletion) {
        Optional<JsonNode> now = read(deletion.target());
        if (now.isEmpty()) {
            return Outcome.ALREADY;
        }
        if (!deletion.uid().equals(now.get().at("/metadata/uid").asString(""))) {
            return Outcome.CONFLICT;
        }
        resource(deletion.target()).delete();
        return Outcome.WRITTEN;
    }

    /** Makes an object again that was deleted; one that is there and differs was made by somebody else. */
    Outcome restore(ObjectDeletion deletion) {
        Optional<JsonNode> now = read(deletion.target());
        if (now.isPresent()) {
            return isAsBefore(deletion, now.get()) ? Outcome.ALREADY : Outcome.CONFLICT;
        }
        GenericKubernetesResource object = client.getKubernetesSerialization()
                .unmarshal(deletion.before().toString(), GenericKubernetesResource.class);
        try {
            client.resource(object).inNamespace(namespace).create();
            return Outcome.WRITTEN;
        } catch (KubernetesClientException e) {
            boolean restoredBeside = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    && read(deletion.target())
                            .filter(made -> isAsBefore(deletion, made))
                            .isPresent();
            if (restoredBeside) {
                return Outcome.ALREADY;
            }
            throw e;
        }
    }

    /** Lets a controller make anew what it made from a template that has been put back; whether there was any. */
    boolean renew(FieldChange change) {
        if (!OutdatedPods.areLeftBy(change)) {
            return false;
        }
        Observed.await(this, change.target());
        return read(change.target())
                .filter(now -> new OutdatedPods(client, namespace).delete(change, now))
                .isPresent();
    }

    private static boolean isAsBefore(ObjectDeletion deletion, JsonNode now) {
        return deletion.uid().equals(now.at("/metadata/uid").asString(""))
                || declared(now).equals(deletion.before());
    }

    /** Takes a pod away, if it is still the one that was planned for. */
    void take(PodDeletion deletion) {
        PodResource pod =
                client.pods().inNamespace(namespace).withName(deletion.target().name());
        Pod found = pod.get();
        if (found == null || !deletion.uid().equals(found.getMetadata().getUid())) {
            return;
        }
        switch (deletion.manner()) {
            case GRACEFULLY -> pod.delete();
            case AT_ONCE -> pod.withGracePeriod(0).delete();
            case EVICTED -> {
                if (!pod.evict()) {
                    throw new InjectionException(deletion.target()
                            + " was not evicted: a PodDisruptionBudget does not allow it now; look with: kubectl -n "
                            + namespace + " get pdb");
                }
            }
        }
    }

    private static ArrayNode patch(FieldChange change, JsonNode object) {
        ArrayNode patch = JSON.createArrayNode();
        operation(patch, "test", VERSION).put("value", object.at(VERSION).asString());
        if (change.after().isEmpty()) {
            operation(patch, "remove", change.pointer());
            return patch;
        }
        for (String parent : absentParents(change.pointer(), object)) {
            operation(patch, "add", parent).putObject("value");
        }
        operation(patch, change.before().isPresent() ? "replace" : "add", change.pointer())
                .set("value", change.after().get());
        return patch;
    }

    private static ObjectNode operation(ArrayNode patch, String name, String pointer) {
        return patch.addObject().put("op", name).put("path", pointer);
    }

    private static List<String> absentParents(String pointer, JsonNode object) {
        List<String> absent = new ArrayList<>();
        for (int slash = pointer.indexOf('/', 1); slash > 0; slash = pointer.indexOf('/', slash + 1)) {
            String parent = pointer.substring(0, slash);
            if (field(object, parent).isEmpty()) {
                absent.add(parent);
            }
        }
        return absent;
    }

    private Resource<GenericKubernetesResource> resource(ObjectRef ref) {
        return client.genericKubernetesResources(ref.apiVersion(), ref.kind())
                .inNamespace(namespace)
                .withName(ref.name());
    }
}
