package dev.firedrill.harness.cluster.embedded.apiserver.admission;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.security.User;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A request for a certificate says who made it, and that is not its maker's to say. */
public final class CertificateRequests {
    private static final List<String> DECISIONS = List.of("Approved", "Denied");

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

    /**
     * Whoever approves does not sign, and whoever signs does not change what was decided; does nothing to other kinds.
     *
     * <p>Source: k8s.io/kubernetes, {@code pkg/registry/certificates/certificates/strategy.go}.
     */
    public static void keep(ResourceKind kind, ObjectNode before, ObjectNode after, boolean approval) {
        if (!kind.isCertificateRequest()) {
            return;
        }
        ObjectNode status = Fill.object(after, "status");
        if (approval) {
            JsonNode certificate = before.path("status").get("certificate");
            if (certificate == null) {
                status.remove("certificate");
            } else {
                status.set("certificate", certificate);
            }
            return;
        }
        for (String decision : DECISIONS) {
            Optional<ObjectNode> old = condition(before, decision);
            condition(after, decision)
                    .ifPresent(
                            changed -> old.ifPresent(kept -> changed.removeAll().setAll(kept)));
        }
    }

    private static Optional<ObjectNode> condition(ObjectNode request, String type) {
        return Json.arrayAt(request, "status", "conditions")
                .valueStream()
                .filter(condition -> Json.textAt(condition, "type").equals(type))
                .map(ObjectNode.class::cast)
                .findFirst();
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
