package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Source: RFC 7396. */
public final class MergePatch {
    private MergePatch() {}

    /** The target with the patch merged in. The target is changed in place where both are objects. */
    public static JsonNode apply(@Nullable JsonNode target, JsonNode patch) {
        if (!(patch instanceof ObjectNode changes)) {
            return patch;
        }
        ObjectNode object = target instanceof ObjectNode existing ? existing : Json.object();
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            if (change.getValue().isNull()) {
                object.remove(change.getKey());
            } else {
                object.set(change.getKey(), apply(object.get(change.getKey()), change.getValue()));
            }
        }
        return object;
    }
}
