package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads and writes single fields of objects in one namespace, by JSON patches of the very version of the object whose
 * field was looked at. The old value itself is no good test: an API server compares texts in their written form, in
 * which {@code >} may be escaped.
 */
final class ObjectFields {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final String VERSION = "/metadata/resourceVersion";
    private static final int UNPROCESSABLE = 422;
    private static final int ATTEMPTS = 10;

    private final KubernetesClient client;
    private final String namespace;

    ObjectFields(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** The whole object as a tree, or empty where it is not there. */
    Optional<JsonNode> read(ObjectRef ref) {
        return Optional.ofNullable(resource(ref).get())
                .map(object -> JSON.readTree(client.getKubernetesSerialization().asJson(object)));
    }

    /** The whole object, which must be there. */
    JsonNode require(ObjectRef ref) {
        return read(ref)
                .orElseThrow(
                        () -> new ConfigurationException("the fault's target " + ref + " is not there in namespace "
                                + namespace + "; look with: kubectl -n " + namespace + " get "
                                + ref.kind().toLowerCase(java.util.Locale.ROOT)));
    }

    /** A field of an object, or empty where it is absent. */
    static Optional<JsonNode> field(JsonNode object, String pointer) {
        JsonNode value = object.at(JsonPointer.compile(pointer));
        return value.isMissingNode() ? Optional.empty() : Optional.of(value);
    }

    /** The change that sets a field to a value, with what it holds now. */
    FieldChange set(ObjectRef ref, String pointer, JsonNode value) {
        return new FieldChange(ref, pointer, field(require(ref), pointer).orElse(null), value);
    }

    /** What came of an attempt to write. */
    enum Outcome {
        WRITTEN,
        ALREADY,
        CONFLICT,
        GONE
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
