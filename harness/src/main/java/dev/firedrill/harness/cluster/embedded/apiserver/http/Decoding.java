package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Caller;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Strictness;
import tools.jackson.databind.node.ObjectNode;

/** Makes an object of a kind from a body, or refuses it. */
final class Decoding {
    private static final String SCHEME = "pkg/runtime/scheme.go:110";

    private Decoding() {}

    /**
     * @throws StatusException (400) if the body is another kind of thing, or for another namespace
     */
    static ObjectNode decode(ResourceKind kind, String namespace, JsonReader.Document document, Caller caller) {
        ObjectNode object = recognize(kind, namespace, document);
        Strictness.check(kind, object, document.duplicates(), caller);
        return object;
    }

    /**
     * The same for what is applied.
     *
     * @throws StatusException likewise, and 500 for a field that its kind does not know
     */
    static ObjectNode applied(ResourceKind kind, String namespace, JsonReader.Document document, Caller caller) {
        ObjectNode object = recognize(kind, namespace, document);
        Strictness.checkApplied(kind, object, document.duplicates(), caller);
        return object;
    }

    private static ObjectNode recognize(ResourceKind kind, String namespace, JsonReader.Document document) {
        if (!(document.tree() instanceof ObjectNode object)) {
            throw StatusException.badRequest("invalid object type: /, Kind=");
        }
        checkKind(kind, object);
        checkNamespace(kind, namespace, object);
        return object;
    }

    /** @throws StatusException (400) for an object of another namespace */
    static void checkNamespace(ResourceKind kind, String namespace, ObjectNode object) {
        String own = Json.textAt(object, "metadata", "namespace");
        if (kind.namespaced() && !own.isEmpty() && !own.equals(namespace)) {
            throw StatusException.badRequest(
                    "the namespace of the provided object does not match the namespace sent on the request");
        }
    }

    private static void checkKind(ResourceKind kind, ObjectNode object) {
        fill(object, "apiVersion", kind.apiVersion());
        fill(object, "kind", kind.kind());
        String apiVersion = Json.textAt(object, "apiVersion");
        String name = Json.textAt(object, "kind");
        boolean sameKind = name.equals(kind.kind());
        if (sameKind && apiVersion.equals(kind.apiVersion())) {
            return;
        }
        boolean known = KindTable.all().stream()
                .anyMatch(
                        other -> other.kind().equals(name) && other.apiVersion().equals(apiVersion));
        if (sameKind && known) {
            throw StatusException.badRequest(
                    "the API version in the data (%s) does not match the expected API version (%s)"
                            .formatted(apiVersion, kind.apiVersion()));
        }
        String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
        String why = known
                ? "converting (%s.%s) to (%s.%s): unknown conversion"
                        .formatted(version, name, internalPackage(kind), kind.kind())
                : "no kind \"%s\" is registered for version \"%s\" in scheme \"%s\""
                        .formatted(name, apiVersion, SCHEME);
        throw StatusException.badRequest(
                "%s in version \"%s\" cannot be handled as a %s: %s".formatted(name, version, kind.kind(), why));
    }

    private static void fill(ObjectNode object, String field, String value) {
        if (Json.textAt(object, field).isEmpty()) {
            object.put(field, value);
        }
    }

    /** Where Kubernetes keeps the kind in the form that all its versions are converted to. */
    static String internalPackage(ResourceKind kind) {
        return kind.group().isEmpty() ? "core" : kind.group().split("\\.", 2)[0];
    }
}
