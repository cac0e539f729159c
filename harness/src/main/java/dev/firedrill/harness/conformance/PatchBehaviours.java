package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Patches and server-side apply.
 *
 * <p>Source: Kubernetes documentation, https://kubernetes.io/docs/reference/using-api/server-side-apply/;
 * RFC 6902, RFC 7386.
 */
final class PatchBehaviours {
    private static final String CONTAINERS = "/spec/template/spec/containers";

    private PatchBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "patches.merge",
                        "a merge patch removes what is null and replaces lists",
                        PatchBehaviours::merge),
                new Behaviour(
                        "patches.json",
                        "a JSON patch applies all its operations or none; a failed test is 422",
                        PatchBehaviours::json),
                new Behaviour(
                        "patches.empty",
                        "a map or list that has lost its last entry is absent; an empty object stays",
                        PatchBehaviours::empty),
                new Behaviour(
                        "patches.strategic", "a strategic patch merges containers by name", PatchBehaviours::strategic),
                new Behaviour(
                        "patches.unknown-type",
                        "an unknown kind of patch is refused: 415 UnsupportedMediaType",
                        PatchBehaviours::unknownType),
                new Behaviour(
                        "apply.creates",
                        "server-side apply creates what is not there: 201",
                        PatchBehaviours::applyCreates),
                new Behaviour(
                        "apply.removes",
                        "a field that its only manager applies no more is removed",
                        PatchBehaviours::applyRemoves),
                new Behaviour(
                        "apply.conflicts",
                        "another manager's field is refused: 409 Conflict, naming manager and field; force takes it",
                        PatchBehaviours::applyConflicts),
                new Behaviour(
                        "apply.shares",
                        "two managers that apply the same value own it together",
                        PatchBehaviours::applyShares),
                new Behaviour(
                        "apply.again",
                        "applying the same again changes nothing, no version either",
                        PatchBehaviours::applyAgain));
    }

    private static void merge(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        String path = ground.path("configmaps/one");
        ground.patch("merge", path, "{\"data\":{\"b\":\"2\"}}").expect(200);
        Answer after = ground.patch("merge", path, "{\"data\":{\"a\":null}}").expect(200);
        same("data", "{\"b\":\"2\"}", after.json().path("data").toString());
        ground.create(Specimens.service("one", "one"));
        Answer ports = ground.patch(
                "merge", ground.path("services/one"), "{\"spec\":{\"ports\":[{\"name\":\"new\",\"port\":9000}]}}");
        same("ports", 1, ports.expect(200).json().at("/spec/ports").size());
    }

    private static void json(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        String path = ground.path("configmaps/one");
        ground.patch(
                        "json",
                        path,
                        "[{\"op\":\"add\",\"path\":\"/data/b\",\"value\":\"2\"},"
                                + "{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"7\"}]")
                .expect(422, "Invalid");
        same("what a refused patch added", "", ground.get(path).at("/data/b"));
        ground.patch(
                        "json",
                        path,
                        "[{\"op\":\"test\",\"path\":\"/data/a\",\"value\":\"1\"},"
                                + "{\"op\":\"move\",\"from\":\"/data/a\",\"path\":\"/data/c\"}]")
                .expect(200);
        same("data", "{\"c\":\"1\"}", ground.get(path).json().path("data").toString());
    }

    private static void empty(Ground ground) {
        ground.create(Specimens.deployment("one", 0));
        String path = ground.path("apps/v1", "deployments/one");
        Answer filled = ground.patch(
                        "json",
                        path,
                        "[{\"op\":\"add\",\"path\":\"/spec/template/metadata/annotations\",\"value\":{\"a\":\"1\"}},"
                                + "{\"op\":\"add\",\"path\":\"/spec/template/spec/volumes\",\"value\":"
                                + "[{\"name\":\"one\",\"emptyDir\":{}}]}]")
                .expect(200);
        JsonNode emptyDir = filled.json().at("/spec/template/spec/volumes/0/emptyDir");
        demand(emptyDir.isObject() && emptyDir.isEmpty(), "emptyDir: " + emptyDir);
        ground.patch(
                        "json",
                        path,
                        "[{\"op\":\"remove\",\"path\":\"/spec/template/metadata/annotations/a\"},"
                                + "{\"op\":\"remove\",\"path\":\"/spec/template/spec/volumes/0\"}]")
                .expect(200);
        JsonNode template = ground.get(path).json().at("/spec/template");
        demand(!template.at("/metadata").has("annotations"), "the metadata: " + template.at("/metadata"));
        demand(!template.at("/spec").has("volumes"), "the pods' spec: " + template.at("/spec"));
    }

    private static void strategic(Ground ground) {
        ground.create(Specimens.deployment("one", 0));
        String path = ground.path("apps/v1", "deployments/one");
        Answer added = ground.patch(
                "strategic-merge",
                path,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"more\",\"image\":\"more:1\"},"
                        + "{\"name\":\"specimen\",\"env\":[{\"name\":\"A\",\"value\":\"1\"}]}]}}}}");
        same("containers", 2, added.expect(200).json().at(CONTAINERS).size());
        Answer removed = ground.patch(
                "strategic-merge",
                path,
                "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"more\",\"$patch\":\"delete\"}]}}}}");
        same("containers", 1, removed.expect(200).json().at(CONTAINERS).size());
        same("the variable", "1", removed.at(CONTAINERS + "/0/env/0/value"));
    }

    private static void unknownType(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        ground.call("PATCH", ground.path("configmaps/one"), "application/x-none", "{}")
                .expect(415, "UnsupportedMediaType");
    }

    private static Answer apply(Ground ground, String manager, String data) {
        return apply(ground, manager, data, false);
    }

    private static Answer apply(Ground ground, String manager, String data, boolean force) {
        return ground.patch(
                "apply",
                ground.path("configmaps/one?fieldManager=" + manager + (force ? "&force=true" : "")),
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"one\"},\"data\":" + data + "}");
    }

    private static void applyCreates(Ground ground) {
        Answer created = apply(ground, "alice", "{\"a\":\"1\"}").expect(201);
        same("the manager", "alice", created.at("/metadata/managedFields/0/manager"));
        same("its operation", "Apply", created.at("/metadata/managedFields/0/operation"));
        apply(ground, "alice", "{\"a\":\"2\"}").expect(200);
    }

    private static void applyRemoves(Ground ground) {
        apply(ground, "alice", "{\"a\":\"1\",\"b\":\"2\"}").expect(201);
        Answer after = apply(ground, "alice", "{\"a\":\"1\"}").expect(200);
        same("data", "{\"a\":\"1\"}", after.json().path("data").toString());
    }

    private static void applyConflicts(Ground ground) {
        apply(ground, "alice", "{\"a\":\"1\"}").expect(201);
        Answer refused = apply(ground, "bob", "{\"a\":\"2\"}").expect(409, "Conflict");
        demand(
                refused.at("/message").contains("conflict with \"alice\": .data.a"),
                "message: " + refused.at("/message"));
        same("the cause", "FieldManagerConflict", refused.at("/details/causes/0/reason"));
        same(
                "the value after force",
                "2",
                apply(ground, "bob", "{\"a\":\"2\"}", true).expect(200).at("/data/a"));
        apply(ground, "alice", "{\"a\":\"1\"}").expect(409, "Conflict");
    }

    private static void applyShares(Ground ground) {
        apply(ground, "alice", "{\"a\":\"1\"}").expect(201);
        apply(ground, "bob", "{\"a\":\"1\"}").expect(200);
        Answer after = apply(ground, "alice", "{}").expect(200);
        same("the value that bob still applies", "1", after.at("/data/a"));
        same(
                "data when nobody applies it",
                "",
                apply(ground, "bob", "{}").expect(200).at("/data/a"));
    }

    private static void applyAgain(Ground ground) {
        String version = apply(ground, "alice", "{\"a\":\"1\"}").at("/metadata/resourceVersion");
        same("the version", version, apply(ground, "alice", "{\"a\":\"1\"}").at("/metadata/resourceVersion"));
    }
}
