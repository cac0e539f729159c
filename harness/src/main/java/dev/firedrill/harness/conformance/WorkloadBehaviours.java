package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Deployments: roll-outs, scale, replacement of pods.
 *
 * <p>Source: Kubernetes documentation, https://kubernetes.io/docs/concepts/workloads/controllers/deployment/.
 */
final class WorkloadBehaviours {
    private WorkloadBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "workloads.owned",
                        "pods belong to a ReplicaSet with the hash of their template, and that to the Deployment",
                        WorkloadBehaviours::owned),
                new Behaviour(
                        "workloads.scale",
                        "the scale subresource changes the number of pods",
                        WorkloadBehaviours::scale),
                new Behaviour(
                        "workloads.replaced", "a deleted pod is replaced by another", WorkloadBehaviours::replaced),
                new Behaviour(
                        "workloads.rolling",
                        "a rolling update never has fewer ready pods than it may",
                        WorkloadBehaviours::rolling),
                new Behaviour(
                        "workloads.recreate",
                        "strategy Recreate ends all old pods before it starts a new one",
                        WorkloadBehaviours::recreate),
                new Behaviour(
                        "workloads.revisions",
                        "revisions are numbered; the template of an older one brings its ReplicaSet back",
                        WorkloadBehaviours::revisions),
                new Behaviour(
                        "workloads.bad-image",
                        "an image that cannot be had leaves the old pods in service and says ErrImagePull, then "
                                + "ImagePullBackOff",
                        WorkloadBehaviours::badImage),
                new Behaviour(
                        "workloads.deadline",
                        "a roll-out without progress says ProgressDeadlineExceeded",
                        WorkloadBehaviours::deadline),
                new Behaviour("workloads.paused", "a paused Deployment does not roll out", WorkloadBehaviours::paused));
    }

    private static final String ONE = "deployments/one";

    private static void owned(Ground ground) {
        Specimens.roll(ground, "one", 1);
        Answer pod =
                ground.get(ground.path("pods/" + Specimens.pods(ground, "one").get(0)));
        same("the kind of the pod's owner", "ReplicaSet", pod.at("/metadata/ownerReferences/0/kind"));
        String replicaSet = pod.at("/metadata/ownerReferences/0/name");
        same("its name", "one-" + pod.at("/metadata/labels/pod-template-hash"), replicaSet);
        Answer owner =
                ground.get(ground.path("apps/v1", "replicasets/" + replicaSet)).expect(200);
        same("the owner's owner", "one", owner.at("/metadata/ownerReferences/0/name"));
        demand(pod.at("/metadata/name").matches(replicaSet + "-[a-z0-9]{5}"), "pod " + pod.at("/metadata/name"));
        Answer deployment = ground.get(ground.path("apps/v1", ONE));
        same("Available", "True", Specimens.condition(deployment, "Available"));
        same("Progressing", "True", Specimens.condition(deployment, "Progressing"));
    }

    private static void scale(Ground ground) {
        Specimens.roll(ground, "one", 1);
        String scale = ground.path("apps/v1", ONE + "/scale");
        same("the scale", "1", ground.get(scale).expect(200).at("/spec/replicas"));
        ground.patch("merge", scale, "{\"spec\":{\"replicas\":2}}").expect(200);
        ground.until("two pods", () -> Specimens.isComplete(ground, "one", 2));
        ground.patch("merge", scale, "{\"spec\":{\"replicas\":0}}").expect(200);
        ground.until("no pod", () -> Specimens.pods(ground, "one").isEmpty());
        ground.until(
                "a scale of 0", () -> ground.get(scale).at("/status/replicas").equals("0"));
    }

    private static void replaced(Ground ground) {
        Specimens.roll(ground, "one", 1);
        List<String> before = Specimens.pods(ground, "one");
        ground.delete(ground.path("pods/" + before.get(0))).expect(200);
        ground.until(
                "another pod",
                () -> !Specimens.pods(ground, "one").equals(before) && Specimens.isComplete(ground, "one", 1));
    }

    private static void change(Ground ground, String value) {
        ground.patch(
                        "strategic-merge",
                        ground.path("apps/v1", ONE),
                        ("{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"specimen\","
                                        + "\"env\":[{\"name\":\"EDITION\",\"value\":\"%s\"}]}]}}}}")
                                .formatted(value))
                .expect(200);
    }

    private static void rolling(Ground ground) {
        ground.create(Specimens.deployment("one", 2)
                .replace(
                        "\"replicas\":2",
                        "\"replicas\":2,\"strategy\":{\"rollingUpdate\":{\"maxSurge\":1,\"maxUnavailable\":0}}"));
        ground.until("complete", () -> Specimens.isComplete(ground, "one", 2));
        Set<String> old = new HashSet<>(Specimens.pods(ground, "one"));
        change(ground, "two");
        Set<Integer> available = new TreeSet<>();
        Set<Integer> wanted = new TreeSet<>();
        ground.until("the roll-out's end", () -> {
            Answer now = ground.get(ground.path("apps/v1", ONE));
            available.add(now.json().at("/status/availableReplicas").asInt(0));
            // What is counted, as status.replicas, may be more: it lags behind what is wanted.
            wanted.add(ground.get(ground.path("apps/v1", "replicasets"))
                    .items()
                    .mapToInt(set -> set.at("/spec/replicas").asInt(0))
                    .sum());
            return Specimens.isComplete(ground, "one", 2);
        });
        demand(available.stream().allMatch(n -> n >= 2), "available pods on the way: " + available);
        demand(wanted.stream().allMatch(n -> n <= 3), "pods wanted on the way: " + wanted);
        demand(Specimens.pods(ground, "one").stream().noneMatch(old::contains), "an old pod is left");
    }

    private static void recreate(Ground ground) {
        ground.create(Specimens.deployment("one", 1)
                .replace("\"replicas\":1", "\"replicas\":1,\"strategy\":{\"type\":\"Recreate\"}"));
        ground.until("complete", () -> Specimens.isComplete(ground, "one", 1));
        String old = Specimens.pods(ground, "one").get(0);
        String uid = ground.get(ground.path("pods/" + old)).at("/metadata/uid");
        change(ground, "two");
        ground.until("a new pod", () -> Specimens.pods(ground, "one").stream().anyMatch(name -> !name.equals(old)));
        Answer left = ground.get(ground.path("pods/" + old));
        // What has ended may still be listed: Kubernetes, pkg/controller/deployment/recreate.go, does not count it.
        demand(
                left.code() == 404
                        || !left.at("/metadata/uid").equals(uid)
                        || left.at("/status/phase").matches("Succeeded|Failed"),
                "the old pod is there beside the new, in phase " + left.at("/status/phase"));
    }

    private static String revision(Ground ground) {
        return ground.get(ground.path("apps/v1", ONE)).at("/metadata/annotations/deployment.kubernetes.io~1revision");
    }

    private static void revisions(Ground ground) {
        Specimens.roll(ground, "one", 1);
        same("the first revision", "1", revision(ground));
        String hash = hash(ground);
        change(ground, "two");
        ground.until("revision 2", () -> revision(ground).equals("2") && Specimens.isComplete(ground, "one", 1));
        ground.patch(
                        "strategic-merge",
                        ground.path("apps/v1", ONE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"specimen\",\"env\":null}]}}}}")
                .expect(200);
        ground.until("revision 3", () -> revision(ground).equals("3") && Specimens.isComplete(ground, "one", 1));
        same("the hash of the template", hash, hash(ground));
        long sets = ground.get(ground.path("apps/v1", "replicasets")).items().count();
        same("ReplicaSets", 2L, sets);
    }

    private static String hash(Ground ground) {
        return ground.get(ground.path("pods/" + Specimens.pods(ground, "one").get(0)))
                .at("/metadata/labels/pod-template-hash");
    }

    private static void badImage(Ground ground) {
        Specimens.roll(ground, "one", 1);
        String old = Specimens.pods(ground, "one").get(0);
        ground.patch(
                        "strategic-merge",
                        ground.path("apps/v1", ONE),
                        "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"specimen\","
                                + "\"image\":\"firedrill.invalid/none:1\"}]}}}}")
                .expect(200);
        Set<String> reasons = new HashSet<>();
        ground.until("both reasons", () -> {
            Specimens.pods(ground, "one").stream()
                    .filter(name -> !name.equals(old))
                    .map(name -> ground.get(ground.path("pods/" + name))
                            .at("/status/containerStatuses/0/state/waiting/reason"))
                    .forEach(reasons::add);
            return reasons.containsAll(Set.of("ErrImagePull", "ImagePullBackOff"));
        });
        demand(Specimens.isReady(ground, old), "the old pod is not ready any more");
    }

    private static void deadline(Ground ground) {
        ground.create(Specimens.deployment("one", 1, "--not-ready")
                .replace("\"replicas\":1", "\"replicas\":1,\"progressDeadlineSeconds\":2"));
        ground.until("ProgressDeadlineExceeded", () -> ground.get(ground.path("apps/v1", ONE))
                .json()
                .at("/status/conditions")
                .valueStream()
                .anyMatch(condition -> condition.path("reason").asString("").equals("ProgressDeadlineExceeded")
                        && condition.path("status").asString().equals("False")));
    }

    private static void paused(Ground ground) {
        Specimens.roll(ground, "one", 1);
        List<String> pods = Specimens.pods(ground, "one");
        ground.patch("merge", ground.path("apps/v1", ONE), "{\"spec\":{\"paused\":true}}")
                .expect(200);
        change(ground, "two");
        ground.until("the controller to have seen it", () -> {
            Answer now = ground.get(ground.path("apps/v1", ONE));
            return now.at("/status/observedGeneration").equals(now.at("/metadata/generation"));
        });
        same("the pods of a paused Deployment", pods, Specimens.pods(ground, "one"));
        ground.patch("merge", ground.path("apps/v1", ONE), "{\"spec\":{\"paused\":null}}")
                .expect(200);
        ground.until(
                "the roll-out",
                () -> Specimens.isComplete(ground, "one", 1)
                        && !Specimens.pods(ground, "one").equals(pods));
    }
}
