package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

/**
 * Pods: how they start, restart and end.
 *
 * <p>Source: Kubernetes documentation, https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/.
 */
final class PodBehaviours {
    private static final String CONTAINER = "/status/containerStatuses/0/";

    private PodBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour("pods.status", "a running pod has the usual status", PodBehaviours::status),
                new Behaviour(
                        "pods.restart",
                        "a container that ends is started again, is counted, and its last exit code is kept",
                        PodBehaviours::restart),
                new Behaviour(
                        "pods.back-off",
                        "one that ends again and again waits longer each time, in CrashLoopBackOff",
                        PodBehaviours::backOff),
                new Behaviour(
                        "pods.phases",
                        "with restart policy Never a pod ends as Succeeded or Failed, by its exit code",
                        PodBehaviours::phases),
                new Behaviour(
                        "pods.liveness", "a container whose liveness fails is restarted", PodBehaviours::liveness),
                new Behaviour(
                        "pods.init", "init containers end, in order, before the others start", PodBehaviours::init),
                new Behaviour(
                        "pods.grace",
                        "a deleted pod gets SIGTERM, is marked, and gets no new connections where another is ready",
                        PodBehaviours::grace),
                new Behaviour(
                        "pods.grace-over", "what has not ended after its grace is killed", PodBehaviours::graceOver),
                new Behaviour(
                        "pods.deadline",
                        "a pod that is active beyond its deadline fails with DeadlineExceeded, and its containers end",
                        PodBehaviours::deadline),
                new Behaviour("pods.at-once", "a deletion without grace is done at once", PodBehaviours::atOnce),
                new Behaviour(
                        "pods.eviction",
                        "an eviction deletes; one that a disruption budget forbids is 429 TooManyRequests",
                        PodBehaviours::eviction),
                new Behaviour(
                        "pods.unknown-image",
                        "an image that cannot be had waits with ErrImagePull or ImagePullBackOff",
                        PodBehaviours::unknownImage),
                new Behaviour(
                        "pods.scratch",
                        "an emptyDir survives its container and ends with its pod",
                        PodBehaviours::scratch),
                new Behaviour(
                        "pods.fields", "a pod's fields are there as variables and as files", PodBehaviours::fields),
                new Behaviour(
                        "pods.fixed",
                        "a running pod's containers cannot be changed, but for their image",
                        PodBehaviours::fixed));
    }

    private static Answer pod(Ground ground, String name) {
        return ground.get(ground.path("pods/" + name));
    }

    private static void status(Ground ground) {
        Specimens.run(ground, "one");
        Answer pod = pod(ground, "one");
        same("the phase", "Running", pod.at("/status/phase"));
        for (String condition : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready")) {
            same(condition, "True", Specimens.condition(pod, condition));
        }
        same("started", "true", pod.at(CONTAINER + "started"));
        same("ready", "true", pod.at(CONTAINER + "ready"));
        same("restartCount", "0", pod.at(CONTAINER + "restartCount"));
        same("podIPs", pod.at("/status/podIP"), pod.at("/status/podIPs/0/ip"));
        for (String there : List.of(
                "startTime", "hostIP", "podIP", "containerStatuses/0/imageID", "containerStatuses/0/containerID")) {
            demand(!pod.at("/status/" + there).isEmpty(), "no status." + there);
        }
        demand(!pod.at("/status/containerStatuses/0/state/running/startedAt").isEmpty(), "no startedAt");
        same("the host name", "one", Specimens.ask(ground, "one", "/"));
    }

    private static void restart(Ground ground) {
        Specimens.run(ground, "one");
        String uid = pod(ground, "one").at("/metadata/uid");
        Specimens.ask(ground, "one", "/exit?7");
        ground.until(
                "a restart",
                () -> pod(ground, "one").at(CONTAINER + "restartCount").equals("1")
                        && Specimens.isReady(ground, "one"));
        Answer pod = pod(ground, "one");
        same("the last exit code", "7", pod.at(CONTAINER + "lastState/terminated/exitCode"));
        same("its reason", "Error", pod.at(CONTAINER + "lastState/terminated/reason"));
        same("the pod", uid, pod.at("/metadata/uid"));
    }

    private static void backOff(Ground ground) {
        ground.create(Specimens.pod("one", "--exit=3"));
        Answer first = inBackOff(ground, 1);
        same("the phase", "Running", first.at("/status/phase"));
        same("Ready", "False", Specimens.condition(first, "Ready"));
        String message = first.at(CONTAINER + "state/waiting/message");
        demand(message.startsWith("back-off 10s restarting failed container=specimen"), "message: " + message);
        Answer second = inBackOff(ground, 2);
        String longer = second.at(CONTAINER + "state/waiting/message");
        demand(longer.startsWith("back-off 20s restarting failed container=specimen"), "message: " + longer);
        Duration pause = Duration.between(
                Instant.parse(first.at(CONTAINER + "lastState/terminated/finishedAt")),
                Instant.parse(second.at(CONTAINER + "lastState/terminated/startedAt")));
        demand(pause.toSeconds() >= 9, "the pause before the second restart was " + pause.toSeconds() + " s");
    }

    /** The pod as it is while it waits after so many restarts. */
    private static Answer inBackOff(Ground ground, int restarts) {
        AtomicReference<Answer> waiting = new AtomicReference<>();
        ground.until("CrashLoopBackOff after restart " + restarts, () -> {
            Answer now = pod(ground, "one");
            waiting.set(now);
            return now.at(CONTAINER + "state/waiting/reason").equals("CrashLoopBackOff")
                    && now.at(CONTAINER + "restartCount").equals(Integer.toString(restarts));
        });
        return Objects.requireNonNull(waiting.get());
    }

    private static void phases(Ground ground) {
        String never = "\"restartPolicy\":\"Never\",\"containers\"";
        ground.create(Specimens.pod("good", "--exit=0").replace("\"containers\"", never));
        ground.create(Specimens.pod("bad", "--exit=4").replace("\"containers\"", never));
        ground.until("Succeeded", () -> pod(ground, "good").at("/status/phase").equals("Succeeded"));
        ground.until("Failed", () -> pod(ground, "bad").at("/status/phase").equals("Failed"));
        same("the reason of the good one", "Completed", pod(ground, "good").at(CONTAINER + "state/terminated/reason"));
        same("the exit code of the bad one", "4", pod(ground, "bad").at(CONTAINER + "state/terminated/exitCode"));
    }

    private static void liveness(Ground ground) {
        String probe =
                "{\"httpGet\":{\"path\":\"/healthz\",\"port\":\"http\"},\"periodSeconds\":1,\"timeoutSeconds\":5,";
        // However long a start takes, it is the startup probe's matter: the one restart is of what is asked for below.
        Specimens.start(
                ground,
                Specimens.pod("one")
                        .replace(
                                "\"readinessProbe\"",
                                "\"startupProbe\":" + probe + "\"failureThreshold\":60}," + "\"livenessProbe\":" + probe
                                        + "\"failureThreshold\":2},\"readinessProbe\""));
        same("restarts before", "0", pod(ground, "one").at(CONTAINER + "restartCount"));
        same("the word that it is not alive", "alive: false", Specimens.ask(ground, "one", "/alive?false"));
        ground.until(
                "a restart",
                () -> pod(ground, "one").at(CONTAINER + "restartCount").equals("1")
                        && Specimens.isReady(ground, "one"));
        same("alive again", "alive", Specimens.ask(ground, "one", "/healthz"));
    }

    private static void init(Ground ground) {
        String image = "\"image\":\"firedrill/specimen:latest\",\"imagePullPolicy\":\"IfNotPresent\"";
        Specimens.start(
                ground,
                Specimens.pod("one")
                        .replace(
                                "\"containers\"",
                                ("\"initContainers\":[{\"name\":\"first\",%s,\"args\":[\"--exit=0\"]},{\"name\":"
                                                + "\"second\",%s,\"args\":[\"--exit=0\"]}],\"containers\"")
                                        .formatted(image, image)));
        Answer pod = pod(ground, "one");
        String first = pod.at("/status/initContainerStatuses/0/state/terminated/finishedAt");
        String second = pod.at("/status/initContainerStatuses/1/state/terminated/startedAt");
        String main = pod.at(CONTAINER + "state/running/startedAt");
        demand(!Instant.parse(second).isBefore(Instant.parse(first)), "the second starts before the first ends");
        demand(!Instant.parse(main).isBefore(Instant.parse(second)), "the container starts before its init containers");
        ground.create(Specimens.pod("two")
                .replace(
                        "\"containers\"",
                        "\"initContainers\":[{\"name\":\"first\",%s,\"args\":[\"--exit=1\"]}],\"containers\""
                                .formatted(image)));
        ground.until("a restart of what fails", () -> !pod(ground, "two")
                .at("/status/initContainerStatuses/0/restartCount")
                .matches("0?"));
        same(
                "the phase of a pod whose init container fails",
                "Pending",
                pod(ground, "two").at("/status/phase"));
    }

    private static void grace(Ground ground) {
        ground.create(Specimens.service("api", "api").replace("\"app\":\"api\"", "\"serves\":\"api\""));
        for (String name : List.of("one", "two")) {
            Specimens.start(
                    ground,
                    Specimens.pod(name, "--linger=60")
                            .replace("\"labels\":{", "\"labels\":{\"serves\":\"api\",")
                            .replace("\"terminationGracePeriodSeconds\":1", "\"terminationGracePeriodSeconds\":60"));
        }
        ground.until("an answer of one", () -> Specimens.get(ground, "two", "api:8080")
                .equals("one"));
        ground.delete(ground.path("pods/one")).expect(200);
        Answer marked = pod(ground, "one").expect(200);
        same("its grace", "60", marked.at("/metadata/deletionGracePeriodSeconds"));
        ground.until("no answer of one", () -> Stream.generate(() -> Specimens.get(ground, "two", "api:8080"))
                .limit(20)
                .allMatch("two"::equals));
        same("the code while it ends", 200, pod(ground, "one").code());
        ground.until(
                "its word that it ends",
                () -> ground.get(ground.path("pods/one/log")).text().contains("ending"));
        Specimens.ask(ground, "one", "/exit?0");
        ground.until("its end", () -> pod(ground, "one").code() == 404);
        ground.delete(ground.path("pods/two?gracePeriodSeconds=0")).expect(200);
    }

    private static void graceOver(Ground ground) {
        Specimens.run(ground, "one", "--linger=300");
        ground.delete(ground.path("pods/one")).expect(200);
        ground.until("its end", () -> pod(ground, "one").code() == 404);
    }

    private static void deadline(Ground ground) {
        Specimens.run(ground, "one");
        ground.patch("merge", ground.path("pods/one"), "{\"spec\":{\"activeDeadlineSeconds\":1}}")
                .expect(200);
        ground.until("its failure", () -> pod(ground, "one").at("/status/phase").equals("Failed"));
        same("the reason", "DeadlineExceeded", pod(ground, "one").at("/status/reason"));
        ground.until("the end of its container", () -> !pod(ground, "one")
                .at(CONTAINER + "state/terminated/exitCode")
                .isEmpty());
        same("restarts", "0", pod(ground, "one").at(CONTAINER + "restartCount"));
    }

    private static void atOnce(Ground ground) {
        Specimens.start(
                ground,
                Specimens.pod("one", "--linger=300")
                        .replace("\"terminationGracePeriodSeconds\":1", "\"terminationGracePeriodSeconds\":300"));
        ground.delete(ground.path("pods/one?gracePeriodSeconds=0")).expect(200);
        ground.until("its end", () -> pod(ground, "one").code() == 404);
    }

    private static Answer evict(Ground ground, String pod) {
        return ground.post(
                ground.path("pods/" + pod + "/eviction"),
                "{\"apiVersion\":\"policy/v1\",\"kind\":\"Eviction\",\"metadata\":{\"name\":\"" + pod + "\"}}");
    }

    private static void eviction(Ground ground) {
        Specimens.roll(ground, "one", 1);
        String pod = Specimens.pods(ground, "one").get(0);
        ground.create("{\"apiVersion\":\"policy/v1\",\"kind\":\"PodDisruptionBudget\",\"metadata\":{\"name\":\"one\"},"
                + "\"spec\":{\"minAvailable\":1,\"selector\":{\"matchLabels\":{\"app\":\"one\"}}}}");
        ground.until("the budget's status", () -> ground.get(ground.path("policy/v1", "poddisruptionbudgets/one"))
                .at("/status/currentHealthy")
                .equals("1"));
        Answer refused = evict(ground, pod).expect(429, "TooManyRequests");
        same("the cause", "DisruptionBudget", refused.at("/details/causes/0/reason"));
        ground.delete(ground.path("policy/v1", "poddisruptionbudgets/one")).expect(200);
        evict(ground, pod).expect(201);
        ground.until(
                "another pod",
                () -> !Specimens.pods(ground, "one").contains(pod) && Specimens.isComplete(ground, "one", 1));
    }

    private static void unknownImage(Ground ground) {
        ground.create(Specimens.pod("one").replace("firedrill/specimen:latest", "firedrill.invalid/none:1"));
        Set<String> reasons = new HashSet<>();
        ground.until("both reasons", () -> {
            reasons.add(pod(ground, "one").at(CONTAINER + "state/waiting/reason"));
            return reasons.containsAll(Set.of("ErrImagePull", "ImagePullBackOff"));
        });
        same("the phase", "Pending", pod(ground, "one").at("/status/phase"));
    }

    private static String withVolume(String pod, String volume, String mount) {
        return pod.replace("\"containers\"", "\"volumes\":[" + volume + "],\"containers\"")
                .replace("\"readinessProbe\"", "\"volumeMounts\":[" + mount + "],\"readinessProbe\"");
    }

    private static void scratch(Ground ground) {
        String pod = withVolume(
                        Specimens.pod("one"),
                        "{\"name\":\"data\",\"emptyDir\":{}}",
                        "{\"name\":\"data\",\"mountPath\":\"/data\"}")
                .replace(
                        "\"readinessProbe\"",
                        "\"env\":[{\"name\":\"DATA\",\"value\":\"/data/file\"}],\"readinessProbe\"");
        Specimens.start(ground, pod);
        String file = Specimens.ask(ground, "one", "/env?DATA");
        Specimens.ask(ground, "one", "/write?" + file);
        Specimens.ask(ground, "one", "/exit?1");
        ground.until(
                "a restart",
                () -> pod(ground, "one").at(CONTAINER + "restartCount").equals("1")
                        && Specimens.isReady(ground, "one"));
        same("the file after a restart", "written", Specimens.ask(ground, "one", "/file?" + file));
        ground.delete(ground.path("pods/one")).expect(200);
        ground.until("its end", () -> pod(ground, "one").code() == 404);
        Specimens.start(ground, pod);
        String after = Specimens.ask(ground, "one", "/file?" + Specimens.ask(ground, "one", "/env?DATA"));
        demand(after.startsWith("503 NoSuchFile"), "the file in a new pod: " + after);
    }

    private static void fields(Ground ground) {
        Specimens.start(
                ground,
                withVolume(
                                Specimens.pod("one"),
                                "{\"name\":\"about\",\"downwardAPI\":{\"items\":[{\"path\":\"labels\","
                                        + "\"fieldRef\":{\"fieldPath\":\"metadata.labels\"}}]}}",
                                "{\"name\":\"about\",\"mountPath\":\"/about\"}")
                        .replace(
                                "\"readinessProbe\"",
                                "\"env\":[{\"name\":\"ME\",\"valueFrom\":{\"fieldRef\":{\"fieldPath\":"
                                        + "\"status.podIP\"}}},"
                                        + "{\"name\":\"FILE\",\"value\":\"/about/labels\"},"
                                        + "{\"name\":\"BOTH\",\"value\":\"$(ME)/$(NONE)/$$(ME)\"}],"
                                        + "\"readinessProbe\""));
        String address = pod(ground, "one").at("/status/podIP");
        same("its address", address, Specimens.ask(ground, "one", "/env?ME"));
        same("what refers to it", address + "/$(NONE)/$(ME)", Specimens.ask(ground, "one", "/env?BOTH"));
        String file = Specimens.ask(ground, "one", "/env?FILE");
        same(
                "its labels",
                "app=\"one\"",
                Specimens.ask(ground, "one", "/file?" + file).strip());
    }

    private static void fixed(Ground ground) {
        Specimens.run(ground, "one");
        ground.patch(
                        "strategic-merge",
                        ground.path("pods/one"),
                        "{\"spec\":{\"containers\":[{\"name\":\"specimen\",\"args\":[\"--not-ready\"]}]}}")
                .expect(422, "Invalid");
    }
}
