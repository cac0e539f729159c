package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.json.JsonReader;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.RefusedKinds;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.schema.ModelTypes;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import dev.firedrill.harness.cluster.embedded.apiserver.validation.Validation;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Applies;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Caller;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.DeleteOptions;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Deletes;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Patches;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Replacements;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Scope;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Strictness;
import dev.firedrill.harness.cluster.embedded.apiserver.verbs.Writes;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Answers requests for objects of the kinds in the table, and for their status. */
final class ResourceHandler {
    /**
     * Kinds whose deleted objects are shown; of others only a status is.
     *
     * <p>Source: k8s.io/kubernetes, {@code pkg/registry} ({@code ReturnDeletedObject}).
     */
    private static final Set<String> SHOWN_WHEN_DELETED = Set.of(
            "persistentvolumeclaims",
            "persistentvolumes",
            "pods",
            "podtemplates",
            "resourcequotas",
            "serviceaccounts",
            "services",
            "storageclasses.storage.k8s.io",
            "csidrivers.storage.k8s.io",
            "csinodes.storage.k8s.io",
            "volumeattachments.storage.k8s.io",
            "volumeattributesclasses.storage.k8s.io",
            "deviceclasses.resource.k8s.io",
            "resourceclaims.resource.k8s.io",
            "resourceclaimtemplates.resource.k8s.io",
            "resourceslices.resource.k8s.io");

    private final Reads reads;
    private final Writes writes;
    private final Deletes deletes;
    private final Applies applies;
    private final Replacements replacements;

    ResourceHandler(Reads reads, Writes writes, Deletes deletes) {
        this.reads = reads;
        this.writes = writes;
        this.deletes = deletes;
        this.applies = new Applies(writes);
        this.replacements = new Replacements(writes);
    }

    /** The collection. */
    Reply collection(ResourceKind kind, ResourcePath path, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> reads.list(kind, path.namespace(), request);
            case "POST" -> create(kind, path, request);
            case "DELETE" -> {
                boolean everywhere = kind.namespaced() && path.namespace().isEmpty();
                if (everywhere || kind.storage().equals("namespaces")) {
                    throw StatusException.methodNotAllowed();
                }
                yield deleteAll(kind, path, request);
            }
            default -> throw StatusException.methodNotAllowed();
        };
    }

    /** The collection of a kind of which there can be no objects. */
    Reply none(RefusedKinds.Refused kind) {
        return reads.none(kind);
    }

    /** One object, or its status. */
    Reply object(ResourceKind kind, ResourcePath path, Scope scope, ApiRequest request) {
        return switch (request.method()) {
            case "GET" -> reads.get(kind, path.namespace(), path.name(), request);
            case "PUT" -> replace(kind, path, scope, request);
            case "PATCH" -> patch(kind, path, scope, request);
            case "DELETE" -> {
                if (scope != Scope.OBJECT) {
                    throw StatusException.methodNotAllowed();
                }
                yield delete(kind, path, request);
            }
            default -> throw StatusException.methodNotAllowed();
        };
    }

    private Reply create(ResourceKind kind, ResourcePath path, ApiRequest request) {
        if (kind.namespaced() && path.namespace().isEmpty()) {
            throw StatusException.methodNotAllowed();
        }
        Caller caller = request.caller();
        ObjectNode object = Versions.toStored(kind, decode(kind, path, request, caller));
        if (EventVersions.isNew(kind)) {
            object.withObjectProperty("metadata").put("namespace", path.namespace());
            Validation.newEvent(Versions.stored(kind), object);
        }
        StoredObject created = writes.create(Versions.stored(kind), path.namespace(), object, caller);
        return shown(201, kind, created, request, caller);
    }

    private Reply replace(ResourceKind kind, ResourcePath path, Scope scope, ApiRequest request) {
        Caller caller = request.caller();
        ObjectNode object = decode(kind, path, request, caller);
        requireName(object, path);
        ObjectNode next = Versions.toStored(kind, object);
        if (EventVersions.isNew(kind)) {
            reads.current(Versions.stored(kind), path.namespace(), path.name())
                    .ifPresent(current -> checkEvent(kind, current.tree(), next));
        }
        Replacements.Replaced replaced =
                replacements.replace(Versions.stored(kind), path.namespace(), path.name(), scope, next, caller);
        return shown(replaced.made() ? 201 : 200, kind, replaced.object(), request, caller);
    }

    /** Refuses an object that does not carry the name in its path. */
    static void requireName(ObjectNode object, ResourcePath path) {
        if (Json.textAt(object, "metadata", "name").isEmpty()) {
            throw StatusException.badRequest(
                    "the name of the object (%s based on URL) was undeterminable: name must be provided"
                            .formatted(path.name()));
        }
        checkName(object, path);
    }

    private Reply apply(ResourceKind kind, ResourcePath path, Scope scope, ApiRequest request) {
        if (request.query("fieldManager") == null) {
            throw StatusException.invalidOption(
                    "PatchOptions",
                    "fieldManager",
                    "FieldValueRequired",
                    "Required value: is required for apply patch");
        }
        Caller caller = request.caller();
        ObjectNode wanted = wanted(kind, path, request, caller);
        Applies.Applied applied = applies.apply(
                Versions.stored(kind),
                path.namespace(),
                path.name(),
                scope,
                Versions.toStored(kind, wanted),
                request.flag("force"),
                caller);
        return shown(applied.created() ? 201 : 200, kind, applied.object(), request, caller);
    }

    /** What is applied says what it is, names nobody else, and has no field that its kind does not have. */
    private static ObjectNode wanted(ResourceKind kind, ResourcePath path, ApiRequest request, Caller caller) {
        JsonReader.Document document = request.patch();
        if (document.tree() instanceof ObjectNode body) {
            String type = Json.textAt(body, "apiVersion") + ", Kind=" + Json.textAt(body, "kind");
            if (Json.textAt(body, "apiVersion").isEmpty()
                    || Json.textAt(body, "kind").isEmpty()) {
                throw StatusException.badRequest("invalid object type: /" + type);
            }
            if (body.path("metadata").has("managedFields")) {
                throw StatusException.badRequest("metadata.managedFields must be nil");
            }
        }
        ObjectNode wanted = Decoding.applied(kind, path.namespace(), document, caller);
        requireName(wanted, path);
        return wanted;
    }

    /** Refuses an object that carries another name than the one in its path. */
    static void checkName(ObjectNode object, ResourcePath path) {
        String name = Json.textAt(object, "metadata", "name");
        if (!name.isEmpty() && !name.equals(path.name())) {
            throw StatusException.badRequest(
                    "the name of the object (%s) does not match the name on the URL (%s)".formatted(name, path.name()));
        }
    }

    private Reply patch(ResourceKind kind, ResourcePath path, Scope scope, ApiRequest request) {
        if (request.mediaType().equals(Patches.APPLY)) {
            return apply(kind, path, scope, request);
        }
        if (!Patches.isPatch(request.mediaType())) {
            throw new StatusException(415, "UnsupportedMediaType", "415: Unsupported Media Type", Json.object());
        }
        Caller caller = request.caller();
        JsonReader.Document patch = request.patch();
        StoredObject patched = writes.update(
                Versions.stored(kind),
                path.namespace(),
                path.name(),
                scope,
                current -> {
                    String uid = Json.textAt(current, "metadata", "uid");
                    ObjectNode before = EventVersions.isNew(kind) ? current.deepCopy() : current;
                    ObjectNode next = Patches.apply(
                            request.mediaType(), Versions.toShown(kind, current), patch.tree(), ModelTypes.of(kind));
                    Strictness.checkPatched(
                            kind, next, patch, request.mediaType().equals(Patches.STRATEGIC), caller);
                    checkName(next, path);
                    Decoding.checkNamespace(kind, path.namespace(), next);
                    ObjectNode stored = Versions.toStored(kind, next);
                    Validation.patched(Versions.stored(kind), uid, stored);
                    if (EventVersions.isNew(kind)) {
                        checkEvent(kind, before, stored);
                    }
                    return stored;
                },
                caller);
        return shown(200, kind, patched, request, caller);
    }

    private static void checkEvent(ResourceKind kind, ObjectNode before, ObjectNode after) {
        after.withObjectProperty("metadata").put("namespace", Json.textAt(before, "metadata", "namespace"));
        Validation.changedEvent(Versions.stored(kind), before, after);
    }

    private Reply delete(ResourceKind kind, ResourcePath path, ApiRequest request) {
        Deletes.Deleted deleted = deletes.delete(kind, path.namespace(), path.name(), options(request));
        if (!deleted.gone() || SHOWN_WHEN_DELETED.contains(kind.storage())) {
            return Reply.json(200, Renderings.of(kind, request).object(deleted.last()));
        }
        ObjectNode details = StatusException.details(kind, path.name(), kind.plural());
        details.put("uid", deleted.last().uid());
        return Reply.json(200, success(details));
    }

    private Reply deleteAll(ResourceKind kind, ResourcePath path, ApiRequest request) {
        Rendering rendering = Renderings.of(kind, request);
        Reads.Part wanted = reads.find(kind, path.namespace(), request);
        List<StoredObject> deleted = deletes.deleteAll(kind, wanted.objects(), options(request));
        return new Reads.Part(deleted, wanted.metadata()).reply(rendering);
    }

    /** What the body says, or the query where there is no body. */
    private static DeleteOptions options(ApiRequest request) {
        return request.hasBody()
                ? DeleteOptions.of(request.object("DeleteOptions"))
                : DeleteOptions.PLAIN.completedBy(
                        request.query("gracePeriodSeconds"), request.query("propagationPolicy"), request.dryRun());
    }

    static ObjectNode success(ObjectNode details) {
        ObjectNode status = Json.object();
        status.put("kind", "Status");
        status.put("apiVersion", "v1");
        status.putObject("metadata");
        status.put("status", "Success");
        if (!details.isEmpty()) {
            status.set("details", details);
        }
        return status;
    }

    private static Reply shown(int code, ResourceKind kind, StoredObject object, ApiRequest request, Caller caller) {
        return Reply.json(code, Renderings.of(kind, request).object(object)).warning(caller.warnings());
    }

    /** The body as an object of that kind in that namespace. */
    private static ObjectNode decode(ResourceKind kind, ResourcePath path, ApiRequest request, Caller caller) {
        JsonReader.Document document = request.document(kind.kind());
        return Decoding.decode(kind, path.namespace(), document, caller);
    }
}
