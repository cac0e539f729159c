package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Namespaces, owners and what goes with them.
 *
 * <p>Source: Kubernetes documentation, https://kubernetes.io/docs/concepts/architecture/garbage-collection/.
 */
final class NamespaceBehaviours {
    private NamespaceBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "namespaces.furnished",
                        "a new namespace gets its default ServiceAccount and kube-root-ca.crt",
                        NamespaceBehaviours::furnished),
                new Behaviour(
                        "namespaces.end",
                        "a deleted namespace is Terminating, refuses new objects, and goes with all that is in it",
                        NamespaceBehaviours::end),
                new Behaviour(
                        "namespaces.order",
                        "of a deleted namespace the pods go first; its conditions tell what is left, and what holds it",
                        NamespaceBehaviours::order),
                new Behaviour(
                        "deletion.finalizers",
                        "an object with a finalizer stays, marked, until the finalizer is taken off",
                        NamespaceBehaviours::finalizers),
                new Behaviour(
                        "deletion.preconditions",
                        "a deletion for another uid is refused: 409 Conflict",
                        NamespaceBehaviours::preconditions),
                new Behaviour(
                        "deletion.body",
                        "a deletion with a body asks its query for nothing",
                        NamespaceBehaviours::body),
                new Behaviour("deletion.owned", "what is owned goes after its owner", NamespaceBehaviours::owned),
                new Behaviour(
                        "deletion.orphans",
                        "what is owned stays if its owner is deleted so",
                        NamespaceBehaviours::orphans),
                new Behaviour(
                        "deletion.foreground",
                        "an owner that is deleted in the foreground goes after what it owns",
                        NamespaceBehaviours::foreground),
                new Behaviour(
                        "accounts.tokens",
                        "a ServiceAccount's token can be had for a time, and is accepted as that account's",
                        NamespaceBehaviours::tokens));
    }

    private static void furnished(Ground ground) {
        ground.until("kube-root-ca.crt", () -> ground.get(ground.path("configmaps/kube-root-ca.crt"))
                .at("/data/ca.crt")
                .contains("BEGIN CERTIFICATE"));
        ground.get(ground.path("serviceaccounts/default")).expect(200);
        same(
                "the namespace's own label",
                ground.namespace(),
                ground.get("/api/v1/namespaces/" + ground.namespace())
                        .at("/metadata/labels/kubernetes.io~1metadata.name"));
    }

    private static void end(Ground ground) {
        String held = ground.configMap("held", "a", "1")
                .replace("\"name\":", "\"finalizers\":[\"firedrill.dev/test\"],\"name\":");
        ground.create(held);
        ground.create(ground.configMap("one", "a", "1"));
        String namespace = "/api/v1/namespaces/" + ground.namespace();
        ground.delete(namespace).expect(200);
        same("the phase", "Terminating", ground.get(namespace).at("/status/phase"));
        ground.submit(ground.configMap("late", "a", "1")).expect(403, "Forbidden");
        ground.until(
                "the end of what nobody holds",
                () -> ground.get(ground.path("configmaps/one")).code() == 404);
        same(
                "the code of a namespace with something held",
                200,
                ground.get(namespace).code());
        ground.patch("merge", ground.path("configmaps/held"), "{\"metadata\":{\"finalizers\":null}}")
                .expect(200);
        ground.until("the end of the namespace", () -> ground.get(namespace).code() == 404);
    }

    private static void order(Ground ground) {
        String finalizer = "\"finalizers\":[\"firedrill.dev/test\"],\"name\":\"one\"";
        ground.create(Specimens.pod("one").replaceFirst("\"name\":\"one\"", finalizer));
        ground.create(ground.configMap("one", "a", "1").replace("\"name\":\"one\"", finalizer));
        String namespace = "/api/v1/namespaces/" + ground.namespace();
        ground.delete(namespace).expect(200);
        ground.until("its conditions", () -> reason(ground, "NamespaceDeletionDiscoveryFailure")
                .equals("ResourcesDiscovered"));
        demand(
                !ground.get(ground.path("pods/one"))
                        .at("/metadata/deletionTimestamp")
                        .isEmpty(),
                "the pod stays");
        same("the reason of what is left", "ContentRemoved", reason(ground, "NamespaceContentRemaining"));
        same(
                "the deletion of the ConfigMap while a pod is there",
                "",
                ground.get(ground.path("configmaps/one")).expect(200).at("/metadata/deletionTimestamp"));
        release(ground, "pods/one");
        ground.until("what is left", () -> reason(ground, "NamespaceContentRemaining")
                .equals("SomeResourcesRemain"));
        same(
                "the message of what is left",
                "Some resources are remaining: configmaps. has 1 resource instances",
                condition(ground, "NamespaceContentRemaining").path("message").asString());
        same(
                "the message of what holds it",
                "Some content in the namespace has finalizers remaining: firedrill.dev/test in 1 resource instances",
                condition(ground, "NamespaceFinalizersRemaining")
                        .path("message")
                        .asString());
        release(ground, "configmaps/one");
        ground.until("the end of the namespace", () -> ground.get(namespace).code() == 404);
    }

    private static void release(Ground ground, String resource) {
        ground.patch("merge", ground.path(resource), "{\"metadata\":{\"finalizers\":null}}")
                .expect(200);
    }

    private static String reason(Ground ground, String type) {
        return condition(ground, type).path("reason").asString();
    }

    private static JsonNode condition(Ground ground, String type) {
        return ground.get("/api/v1/namespaces/" + ground.namespace())
                .json()
                .at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals(type))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    private static void finalizers(Ground ground) {
        ground.create(ground.configMap("one", "a", "1")
                .replace("\"name\":", "\"finalizers\":[\"firedrill.dev/test\"],\"name\":"));
        String path = ground.path("configmaps/one");
        ground.delete(path).expect(200);
        demand(!ground.get(path).expect(200).at("/metadata/deletionTimestamp").isEmpty(), "not marked as deleted");
        ground.patch("merge", path, "{\"metadata\":{\"finalizers\":null}}").expect(200);
        ground.get(path).expect(404);
    }

    private static void preconditions(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        String path = ground.path("configmaps/one");
        deleteWith(ground, path, "\"preconditions\":{\"uid\":\"11111111-2222-3333-4444-555555555555\"}")
                .expect(409, "Conflict");
        String uid = ground.get(path).expect(200).at("/metadata/uid");
        deleteWith(ground, path, "\"preconditions\":{\"uid\":\"" + uid + "\"}").expect(200);
    }

    private static void body(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        deleteWith(ground, ground.path("configmaps/one?dryRun=All"), "\"propagationPolicy\":\"Background\"")
                .expect(200);
        ground.get(ground.path("configmaps/one")).expect(404, "NotFound");
    }

    private static Answer deleteWith(Ground ground, String path, String options) {
        return ground.call(
                "DELETE", path, Ground.JSON, "{\"kind\":\"DeleteOptions\",\"apiVersion\":\"v1\"," + options + "}");
    }

    private static void ownerAndOwned(Ground ground) {
        String uid = ground.create(ground.configMap("owner", "a", "1")).at("/metadata/uid");
        ground.create(ground.configMap("owned", "a", "1")
                .replace(
                        "\"name\":",
                        ("\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"owner\","
                                        + "\"uid\":\"%s\","
                                        + "\"blockOwnerDeletion\":true}],\"name\":")
                                .formatted(uid)));
    }

    private static void owned(Ground ground) {
        ownerAndOwned(ground);
        ground.delete(ground.path("configmaps/owner")).expect(200);
        ground.get(ground.path("configmaps/owner")).expect(404);
        ground.until(
                "the end of what was owned",
                () -> ground.get(ground.path("configmaps/owned")).code() == 404);
    }

    private static void orphans(Ground ground) {
        ownerAndOwned(ground);
        deleteWith(ground, ground.path("configmaps/owner"), "\"propagationPolicy\":\"Orphan\"")
                .expect(200);
        ground.until(
                "the end of the owner",
                () -> ground.get(ground.path("configmaps/owner")).code() == 404);
        same(
                "owners of what was left",
                0,
                ground.get(ground.path("configmaps/owned"))
                        .expect(200)
                        .json()
                        .at("/metadata/ownerReferences")
                        .size());
    }

    private static void foreground(Ground ground) {
        ownerAndOwned(ground);
        ground.patch(
                        "merge",
                        ground.path("configmaps/owned"),
                        "{\"metadata\":{\"finalizers\":[\"firedrill.dev/test\"]}}")
                .expect(200);
        deleteWith(ground, ground.path("configmaps/owner"), "\"propagationPolicy\":\"Foreground\"")
                .expect(200);
        ground.until("the deletion of what is owned", () -> !ground.get(ground.path("configmaps/owned"))
                .at("/metadata/deletionTimestamp")
                .isEmpty());
        same(
                "the finalizer of the owner",
                "foregroundDeletion",
                ground.get(ground.path("configmaps/owner")).at("/metadata/finalizers/0"));
        ground.patch("merge", ground.path("configmaps/owned"), "{\"metadata\":{\"finalizers\":null}}")
                .expect(200);
        ground.until(
                "the end of the owner",
                () -> ground.get(ground.path("configmaps/owner")).code() == 404);
    }

    private static void tokens(Ground ground) {
        Answer token = ground.post(
                        ground.path("serviceaccounts/default/token"),
                        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenRequest\",\"spec\":{"
                                + "\"expirationSeconds\":600}}")
                .expect(201);
        Answer review = ground.post(
                        "/apis/authentication.k8s.io/v1/tokenreviews",
                        "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\""
                                + token.at("/status/token") + "\"}}")
                .expect(201);
        same("whether the token is accepted", "true", review.at("/status/authenticated"));
        same(
                "its user",
                "system:serviceaccount:" + ground.namespace() + ":default",
                review.at("/status/user/username"));
    }
}
