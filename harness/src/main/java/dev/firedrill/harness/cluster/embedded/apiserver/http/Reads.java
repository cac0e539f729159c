package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.RefusedKinds;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.FieldSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.LabelSelector;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.SelectableFields;
import dev.firedrill.harness.cluster.embedded.apiserver.selector.Selection;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.ObjectStore;
import dev.firedrill.harness.cluster.embedded.apiserver.store.Snapshot;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Get and list. */
final class Reads {
    private final ObjectStore store;
    private final Pages pages = new Pages();

    Reads(ObjectStore store) {
        this.store = store;
    }

    /** As it is kept now. */
    Optional<StoredObject> current(ResourceKind kind, String namespace, String name) {
        return store.get(kind, namespace, name);
    }

    Reply get(ResourceKind kind, String namespace, String name, ApiRequest request) {
        Rendering rendering = Renderings.of(kind, request);
        Revisions.checkReached(Revisions.parseForOne(request.query("resourceVersion")), store.revision());
        StoredObject object = store.get(kind, namespace, name).orElseThrow(() -> StatusException.notFound(kind, name));
        return Reply.json(200, rendering.object(object));
    }

    /**
     * A part of a list.
     *
     * @param metadata of the list, with a token for the next part if there is one
     */
    record Part(List<StoredObject> objects, ObjectNode metadata) {
        Reply reply(Rendering rendering) {
            return Reply.json(200, rendering.list(objects, metadata));
        }
    }

    /** A list of what there cannot be. */
    Reply none(RefusedKinds.Refused kind) {
        ObjectNode list = Json.object().put("kind", kind.kind() + "List").put("apiVersion", kind.group() + "/v1");
        list.putObject("metadata").put("resourceVersion", Long.toString(store.revision()));
        list.putArray("items");
        return Reply.json(200, list);
    }

    Reply list(ResourceKind kind, String namespace, ApiRequest request) {
        Rendering rendering = Renderings.of(kind, request);
        return find(kind, namespace, request).reply(rendering);
    }

    /** What a request for a list, or for the deletion of one, means. */
    Part find(ResourceKind kind, String namespace, ApiRequest request) {
        ListOptions.checkList(request);
        String token = request.query("continue");
        if (token != null && !token.isEmpty()) {
            Pages.Place place = pages.find(token, () -> store.list(kind, namespace, selection(kind, request)));
            return page(place.id(), place.snapshot(), place.from(), request);
        }
        Snapshot snapshot = store.list(kind, namespace, selection(kind, request));
        checkVersion(kind, snapshot, request);
        return page("", snapshot, 0, request);
    }

    private Part page(String id, Snapshot snapshot, int from, ApiRequest request) {
        List<StoredObject> all = snapshot.objects();
        int limit = limit(request);
        int to = limit == 0 ? all.size() : Math.min(all.size(), from + limit);
        ObjectNode metadata = Json.object().put("resourceVersion", Long.toString(snapshot.revision()));
        if (to < all.size()) {
            String next = id.isEmpty() ? pages.keep(snapshot) : id;
            metadata.put("continue", Pages.token(next, to, all.get(to - 1)));
            if (!isSelective(request)) {
                metadata.put("remainingItemCount", all.size() - to);
            }
        }
        return new Part(all.subList(from, to), metadata);
    }

    private void checkVersion(ResourceKind kind, Snapshot snapshot, ApiRequest request) {
        long asked = Revisions.parse(request.query("resourceVersion"));
        Revisions.checkReached(asked, snapshot.revision());
        if ("Exact".equals(request.query("resourceVersionMatch")) && asked < store.lastChange(kind)) {
            throw StatusException.expired("The resourceVersion for the provided list is too old.");
        }
    }

    /** An API server does not know how many of the rest are selected. */
    private static boolean isSelective(ApiRequest request) {
        String labels = request.query("labelSelector");
        String fields = request.query("fieldSelector");
        return (labels != null && !labels.isEmpty()) || (fields != null && !fields.isEmpty());
    }

    /** How many; 0 for all. Who takes any version is answered from a cache, and that does not know pages. */
    private static int limit(ApiRequest request) {
        String limit = request.query("limit");
        if (limit == null || limit.isEmpty() || "0".equals(request.query("resourceVersion"))) {
            return 0;
        }
        return (int) Math.min(Math.max(0, Long.parseLong(limit)), Integer.MAX_VALUE / 2);
    }

    static Selection selection(ResourceKind kind, ApiRequest request) {
        String labels = request.query("labelSelector");
        String fields = request.query("fieldSelector");
        return new Selection(
                labels == null ? LabelSelector.EVERYTHING : LabelSelector.parse(labels),
                fields == null ? FieldSelector.EVERYTHING : FieldSelector.parse(fields, SelectableFields.names(kind)));
    }
}
