package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request for a certificate says who made it, and that is not its maker's to say. */
public final class CertificateRequests {
    private CertificateRequests() {}

    /** Writes into what has become of a request when it did, where that is not said; does nothing to other kinds. */
    public static void date(ResourceKind kind, ObjectNode object, String now) {
        if (kind.isCertificateRequest()) {
            for (JsonNode condition : Json.arrayAt(object, "status", "conditions")) {
                for (String moment : List.of("lastUpdateTime", "lastTransitionTime")) {
                    ((ObjectNode) condition).putIfAbsent(moment, Json.string(now));
                }
            }
        }
    }

    /** Writes into a new request who makes it; does nothing to other kinds. */
    public static void sign(ResourceKind kind, ObjectNode object, User user) {
        if (!kind.isCertificateRequest()) {
            return;
        }
        ObjectNode spec = Fill.object(object, "spec");
        spec.remove(List.of("uid", "extra"));
        spec.put("username", user.name());
        spec.set("groups", Json.strings(user.groups()));
        if (!user.uid().isEmpty()) {
            spec.put("uid", user.uid());
        }
        user.extra().forEach((name, values) -> Fill.object(spec, "extra").set(name, Json.strings(values)));
    }
}
