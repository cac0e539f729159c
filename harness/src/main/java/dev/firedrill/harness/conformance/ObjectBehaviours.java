package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.util.List;

/**
 * Storing, changing and refusing objects.
 *
 * <p>Source: Kubernetes API concepts, https://kubernetes.io/docs/reference/using-api/api-concepts/.
 */
final class ObjectBehaviours {
    private ObjectBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "objects.versions-rise",
                        "each change gives an object a new resource version; a change of nothing does not",
                        ObjectBehaviours::versionsRise),
                new Behaviour(
                        "objects.stale-update",
                        "an update with an old resource version is refused: 409 Conflict",
                        ObjectBehaviours::staleUpdate),
                new Behaviour(
                        "objects.stale-patch",
                        "a patch that names an old resource version is refused: 409 Conflict",
                        ObjectBehaviours::stalePatch),
                new Behaviour(
                        "objects.generation",
                        "the generation rises with the specification, not with labels",
                        ObjectBehaviours::generation),
                new Behaviour(
                        "objects.already-there",
                        "creating what is there is refused: 409 AlreadyExists",
                        ObjectBehaviours::alreadyThere),
                new Behaviour(
                        "objects.generated-name",
                        "generateName gives each object a name of its own",
                        ObjectBehaviours::generatedName),
                new Behaviour("objects.missing", "what is not there is 404 NotFound, named", ObjectBehaviours::missing),
                new Behaviour(
                        "objects.unknown-path", "a path that is not served is 404", ObjectBehaviours::unknownPath),
                new Behaviour(
                        "objects.missing-namespace",
                        "creating in a namespace that is not there is 404 NotFound",
                        ObjectBehaviours::missingNamespace),
                new Behaviour(
                        "objects.malformed",
                        "a body that cannot be parsed is refused: 400 BadRequest",
                        ObjectBehaviours::malformed),
                new Behaviour(
                        "objects.wrong-type",
                        "a value of the wrong type is refused: 400 BadRequest",
                        ObjectBehaviours::wrongType),
                new Behaviour(
                        "objects.invalid",
                        "an invalid object is refused: 422 Invalid, with the field in its causes",
                        ObjectBehaviours::invalid),
                new Behaviour(
                        "objects.unknown-field",
                        "strict field validation refuses an unknown field, by name: 400 BadRequest",
                        ObjectBehaviours::unknownField),
                new Behaviour(
                        "objects.dry-run", "a dry run answers as if, and changes nothing", ObjectBehaviours::dryRun),
                new Behaviour(
                        "objects.deleted",
                        "a deleted Service is answered with the Service, a ConfigMap with a Status and its uid",
                        ObjectBehaviours::deleted),
                new Behaviour(
                        "objects.immutable",
                        "an immutable ConfigMap, and a Deployment's selector, cannot be changed: 422 Invalid",
                        ObjectBehaviours::immutable),
                new Behaviour(
                        "objects.secret-text",
                        "a Secret's stringData is stored as data, in base64",
                        ObjectBehaviours::secretText),
                new Behaviour(
                        "objects.defaults",
                        "a Deployment, a Service and a Pod get the usual defaults",
                        ObjectBehaviours::defaults),
                new Behaviour(
                        "objects.status-apart",
                        "the status subresource changes the status alone, an update everything else",
                        ObjectBehaviours::statusApart));
    }

    private static void versionsRise(Ground ground) {
        String one = ground.create(ground.configMap("one", "a", "1")).at("/metadata/resourceVersion");
        String path = ground.path("configmaps/one");
        String two = ground.patch("merge", path, "{\"data\":{\"a\":\"2\"}}").at("/metadata/resourceVersion");
        demand(Long.parseLong(two) > Long.parseLong(one), "version " + two + " after " + one);
        String same = ground.patch("merge", path, "{\"data\":{\"a\":\"2\"}}").at("/metadata/resourceVersion");
        same("the version after a change of nothing", two, same);
    }

    private static void staleUpdate(Ground ground) {
        Answer old = ground.create(ground.configMap("one", "a", "1"));
        String path = ground.path("configmaps/one");
        ground.patch("merge", path, "{\"data\":{\"a\":\"2\"}}").expect(200);
        ground.put(path, old.text()).expect(409, "Conflict");
        same("the value", "2", ground.get(path).at("/data/a"));
    }

    private static void stalePatch(Ground ground) {
        String old = ground.create(ground.configMap("one", "a", "1")).at("/metadata/resourceVersion");
        String path = ground.path("configmaps/one");
        ground.patch("merge", path, "{\"data\":{\"a\":\"2\"}}").expect(200);
        String stale = "{\"metadata\":{\"resourceVersion\":\"%s\"},\"data\":{\"a\":\"3\"}}".formatted(old);
        ground.patch("merge", path, stale).expect(409, "Conflict");
        ground.patch("strategic-merge", path, stale).expect(409, "Conflict");
    }

    private static void generation(Ground ground) {
        ground.create(Specimens.deployment("one", 0));
        String path = ground.path("apps/v1", "deployments/one");
        same("the first generation", "1", ground.get(path).at("/metadata/generation"));
        Answer labelled = ground.patch("merge", path, "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        same("the generation after a label", "1", labelled.at("/metadata/generation"));
        Answer changed = ground.patch("merge", path, "{\"spec\":{\"minReadySeconds\":1}}");
        same("the generation after a change", "2", changed.at("/metadata/generation"));
    }

    private static void alreadyThere(Ground ground) {
        ground.create(ground.configMap("one", "a", "1"));
        Answer refused = ground.submit(ground.configMap("one", "a", "2")).expect(409, "AlreadyExists");
        same("the message", "configmaps \"one\" already exists", refused.at("/message"));
    }

    private static void generatedName(Ground ground) {
        String object = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"generateName\":\"one-\"}}";
        String first = ground.create(object).at("/metadata/name");
        String second = ground.create(object).at("/metadata/name");
        demand(first.matches("one-[a-z0-9]{5}"), "generated name " + first);
        demand(!first.equals(second), "the same name twice: " + first);
    }

    private static void missing(Ground ground) {
        Answer refused = ground.get(ground.path("configmaps/none")).expect(404, "NotFound");
        same("the message", "configmaps \"none\" not found", refused.at("/message"));
        same("the name in the details", "none", refused.at("/details/name"));
        ground.delete(ground.path("configmaps/none")).expect(404, "NotFound");
        ground.patch("merge", ground.path("configmaps/none"), "{}").expect(404, "NotFound");
    }

    private static void unknownPath(Ground ground) {
        ground.get("/apis/none.example.com/v1").expect(404);
        ground.get(ground.path("nones")).expect(404);
        ground.get(ground.path("configmaps/kube-root-ca.crt/none")).expect(404);
    }

    private static void missingNamespace(Ground ground) {
        ground.post("/api/v1/namespaces/none-of-that-name/configmaps", ground.configMap("one", "a", "1"))
                .expect(404, "NotFound");
    }

    private static void malformed(Ground ground) {
        ground.post(ground.path("configmaps"), "{\"apiVersion\":\"v1\",").expect(400, "BadRequest");
        ground.create(ground.configMap("one", "a", "1"));
        ground.patch("merge", ground.path("configmaps/one"), "{\"data\":").expect(400, "BadRequest");
    }

    private static void wrongType(Ground ground) {
        ground.post(ground.path("pods"), Specimens.pod("one").replace("\"containers\":[", "\"containers\":7,\"x\":["))
                .expect(400, "BadRequest");
        ground.submit(Specimens.deployment("one", 1).replace("\"replicas\":1", "\"replicas\":\"many\""))
                .expect(400, "BadRequest");
    }

    private static void invalid(Ground ground) {
        Answer name = ground.submit(ground.configMap("Not_a_name", "a", "1")).expect(422, "Invalid");
        same("the field", "metadata.name", name.at("/details/causes/0/field"));
        Answer service = ground.submit(Specimens.service("one", "one").replace("\"port\":8080", "\"port\":80800"))
                .expect(422, "Invalid");
        same("the field", "spec.ports[0].port", service.at("/details/causes/0/field"));
        Answer selector = ground.submit(Specimens.deployment("one", 1)
                        .replace("\"matchLabels\":{\"app\":\"one\"}", "\"matchLabels\":{\"app\":\"two\"}"))
                .expect(422, "Invalid");
        same("the field", "spec.template.metadata.labels", selector.at("/details/causes/0/field"));
    }

    private static void unknownField(Ground ground) {
        String object = "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"one\"},\"dta\":{}}";
        Answer refused = ground.post(ground.path("configmaps?fieldValidation=Strict"), object)
                .expect(400, "BadRequest");
        demand(refused.at("/message").contains("unknown field \"dta\""), "message: " + refused.at("/message"));
        ground.post(ground.path("configmaps?fieldValidation=Ignore"), object).expect(201);
    }

    private static void dryRun(Ground ground) {
        Answer created = ground.post(ground.path("configmaps?dryRun=All"), ground.configMap("one", "a", "1"));
        demand(!created.expect(201).at("/metadata/uid").isEmpty(), "no uid in the answer of a dry run");
        ground.get(ground.path("configmaps/one")).expect(404);
        ground.create(ground.configMap("one", "a", "1"));
        Answer patched = ground.patch("merge", ground.path("configmaps/one?dryRun=All"), "{\"data\":{\"a\":\"2\"}}");
        same("the value in the answer", "2", patched.expect(200).at("/data/a"));
        ground.delete(ground.path("configmaps/one?dryRun=All")).expect(200);
        same(
                "the value after dry runs",
                "1",
                ground.get(ground.path("configmaps/one")).at("/data/a"));
    }

    private static void deleted(Ground ground) {
        String service = ground.create(Specimens.service("one", "one")).at("/metadata/uid");
        Answer shown = ground.delete(ground.path("services/one")).expect(200);
        same("the kind", "Service", shown.at("/kind"));
        same("its uid", service, shown.at("/metadata/uid"));
        String map = ground.create(ground.configMap("one", "a", "1")).at("/metadata/uid");
        Answer status = ground.delete(ground.path("configmaps/one")).expect(200);
        same("the kind", "Status", status.at("/kind"));
        same("its uid", map, status.at("/details/uid"));
    }

    private static void immutable(Ground ground) {
        String frozen = ground.configMap("one", "a", "1").replace("\"data\"", "\"immutable\":true,\"data\"");
        ground.create(frozen);
        ground.patch("merge", ground.path("configmaps/one"), "{\"data\":{\"a\":\"2\"}}")
                .expect(422, "Invalid");
        ground.create(Specimens.deployment("one", 0));
        ground.patch(
                        "merge",
                        ground.path("apps/v1", "deployments/one"),
                        "{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"two\"}},"
                                + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"two\"}}}}}")
                .expect(422, "Invalid");
    }

    private static void secretText(Ground ground) {
        Answer stored = ground.create("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"one\"},"
                + "\"stringData\":{\"word\":\"sesame\"}}");
        same("the data", "c2VzYW1l", stored.at("/data/word"));
        same("stringData", "", stored.at("/stringData/word"));
        same("the type", "Opaque", stored.at("/type"));
    }

    private static void defaults(Ground ground) {
        Answer deployment = ground.create(Specimens.deployment("one", 0));
        same("maxSurge", "25%", deployment.at("/spec/strategy/rollingUpdate/maxSurge"));
        same("maxUnavailable", "25%", deployment.at("/spec/strategy/rollingUpdate/maxUnavailable"));
        same("revisionHistoryLimit", "10", deployment.at("/spec/revisionHistoryLimit"));
        same("progressDeadlineSeconds", "600", deployment.at("/spec/progressDeadlineSeconds"));
        same("restartPolicy", "Always", deployment.at("/spec/template/spec/restartPolicy"));
        same("dnsPolicy", "ClusterFirst", deployment.at("/spec/template/spec/dnsPolicy"));
        String probe = "/spec/template/spec/containers/0/readinessProbe/";
        same("failureThreshold", "3", deployment.at(probe + "failureThreshold"));
        same("timeoutSeconds", "1", deployment.at(probe + "timeoutSeconds"));
        same("scheme", "HTTP", deployment.at(probe + "httpGet/scheme"));
        Answer service = ground.create(Specimens.service("one", "one"));
        same("type", "ClusterIP", service.at("/spec/type"));
        same("sessionAffinity", "None", service.at("/spec/sessionAffinity"));
        same("protocol", "TCP", service.at("/spec/ports/0/protocol"));
        same("internalTrafficPolicy", "Cluster", service.at("/spec/internalTrafficPolicy"));
        same("clusterIPs", service.at("/spec/clusterIP"), service.at("/spec/clusterIPs/0"));
        Answer pod = ground.create(Specimens.pod("one").replace("specimen:latest", "nothing:1"));
        same("serviceAccountName", "default", pod.at("/spec/serviceAccountName"));
        same("priority", "0", pod.at("/spec/priority"));
        same("preemptionPolicy", "PreemptLowerPriority", pod.at("/spec/preemptionPolicy"));
        same("enableServiceLinks", "true", pod.at("/spec/enableServiceLinks"));
        same("qosClass", "BestEffort", pod.at("/status/qosClass"));
        same("phase", "Pending", pod.at("/status/phase"));
        same("terminationMessagePath", "/dev/termination-log", pod.at("/spec/containers/0/terminationMessagePath"));
    }

    private static void statusApart(Ground ground) {
        ground.create(Specimens.deployment("one", 0));
        String path = ground.path("apps/v1", "deployments/one");
        ground.patch("merge", path, "{\"status\":{\"collisionCount\":7}}").expect(200);
        same("a status that an update wrote", "", ground.get(path).at("/status/collisionCount"));
        ground.patch("merge", path + "/status", "{\"spec\":{\"paused\":true},\"status\":{\"collisionCount\":7}}")
                .expect(200);
        Answer after = ground.get(path);
        same("a specification that a status update wrote", "", after.at("/spec/paused"));
        same("the status", "7", after.at("/status/collisionCount"));
    }
}
