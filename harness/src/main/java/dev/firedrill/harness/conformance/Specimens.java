package dev.firedrill.harness.conformance;

import dev.firedrill.harness.cluster.ProgramImage;
import java.util.List;
import java.util.stream.Stream;

/** The specimen's image, and the objects that run it. They are ordinary Kubernetes objects, written as JSON. */
public final class Specimens {
    /** The specimen's image; a cluster on which the suite runs must be started with it. */
    public static final ProgramImage IMAGE =
            ProgramImage.java("firedrill/specimen", List.of(), Specimen.class.getName());

    private Specimens() {}

    /** A pod named so, which answers on port 8080. */
    static String pod(String name, String... args) {
        return ("{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"%s\","
                        + "\"labels\":{\"app\":\"%s\"}},\"spec\":%s}")
                .formatted(name, name, spec(args));
    }

    /** Pods labelled {@code app: name}. */
    static String deployment(String name, int replicas, String... args) {
        return ("{\"apiVersion\":\"apps/v1\",\"kind\":\"Deployment\",\"metadata\":{\"name\":\"%s\"},\"spec\":{"
                        + "\"replicas\":%d,"
                        + "\"selector\":{\"matchLabels\":{\"app\":\"%s\"}},"
                        + "\"template\":{\"metadata\":{\"labels\":{\"app\":\"%s\"}},\"spec\":%s}}}")
                .formatted(name, replicas, name, name, spec(args));
    }

    /** A Service on port 8080 over the pods labelled {@code app}. */
    static String service(String name, String app) {
        return ("{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"%s\"},\"spec\":{"
                        + "\"selector\":{\"app\":\"%s\"},"
                        + "\"ports\":[{\"name\":\"http\",\"port\":8080,\"targetPort\":\"http\"}]}}")
                .formatted(name, app);
    }

    private static String spec(String... args) {
        String list = Stream.of(args).map(arg -> '"' + arg + '"').toList().toString();
        return "{\"terminationGracePeriodSeconds\":1,\"containers\":[{\"name\":\"specimen\",\"image\":"
                + "\"firedrill/specimen:latest\","
                + "\"imagePullPolicy\":\"IfNotPresent\",\"args\":" + list
                + ",\"ports\":[{\"name\":\"http\",\"containerPort\":8080}],\"readinessProbe\":"
                + "{\"httpGet\":{\"path\":\"/readyz\",\"port\":\"http\"},\"periodSeconds\":1}}]}";
    }

    /** Creates a pod and waits until it is ready. */
    static void run(Ground ground, String name, String... args) {
        start(ground, pod(name, args));
    }

    /** Creates a pod from its description and waits until it is ready. */
    static void start(Ground ground, String pod) {
        String name = ground.create(pod).at("/metadata/name");
        ground.until("pod " + name + " ready", () -> isReady(ground, name));
    }

    /** Creates a Deployment and waits until all its pods are ready. */
    static void roll(Ground ground, String name, int replicas, String... args) {
        ground.create(deployment(name, replicas, args));
        ground.until("deployment " + name + " complete", () -> isComplete(ground, name, replicas));
    }

    /** Whether a Deployment's controller has seen its specification, and all its pods are of it and available. */
    static boolean isComplete(Ground ground, String deployment, int replicas) {
        Answer now = ground.get(ground.path("apps/v1", "deployments/" + deployment));
        String wanted = Integer.toString(replicas);
        return now.at("/status/observedGeneration").equals(now.at("/metadata/generation"))
                && now.at("/status/updatedReplicas").equals(wanted)
                && now.at("/status/availableReplicas").equals(wanted)
                && now.at("/status/replicas").equals(wanted);
    }

    static boolean isReady(Ground ground, String pod) {
        return condition(ground.get(ground.path("pods/" + pod)), "Ready").equals("True");
    }

    /** The status of a condition: {@code True}, {@code False}, or nothing. */
    static String condition(Answer object, String type) {
        return object.json()
                .at("/status/conditions")
                .valueStream()
                .filter(condition -> condition.path("type").asString().equals(type))
                .map(condition -> condition.path("status").asString())
                .findFirst()
                .orElse("");
    }

    /** Asks the program of a pod, through the API server. */
    static String ask(Ground ground, String pod, String question) {
        Answer answer = ground.get(ground.path("pods/" + pod + ":8080/proxy" + question));
        return answer.code() == 200 ? answer.text() : answer.code() + " " + answer.text();
    }

    /** Names of the pods with {@code app: name} that are not ending, sorted. */
    static List<String> pods(Ground ground, String app) {
        return ground.get(ground.path("pods?labelSelector=app%3D" + app))
                .items()
                .filter(pod -> pod.at("/metadata/deletionTimestamp").isMissingNode())
                .map(pod -> pod.at("/metadata/name").asString())
                .sorted()
                .toList();
    }

    /** What a pod gets from an address, on a new connection: the name of the pod that answered, or why none did. */
    static String get(Ground ground, String pod, String address) {
        return ask(ground, pod, "/get?http://" + address + "/");
    }
}
