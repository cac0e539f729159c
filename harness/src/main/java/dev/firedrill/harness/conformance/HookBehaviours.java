package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What is done after the start of a container, and before its end.
 *
 * <p>Source: Kubernetes documentation,
 * https://kubernetes.io/docs/concepts/containers/container-lifecycle-hooks/.
 */
final class HookBehaviours {
    private static final String FIRST = "/status/containerStatuses/0/";
    /** Statuses are sorted by the containers' names. */
    private static final String SPECIMEN = "/status/containerStatuses/1/";

    private HookBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "hooks.after-start",
                        "a container is not running before its postStart hook has ended, and the next starts after it",
                        HookBehaviours::afterStart),
                new Behaviour(
                        "hooks.failure",
                        "a container whose postStart hook fails is ended, with PostStartHookError, and started again",
                        HookBehaviours::failure),
                new Behaviour(
                        "hooks.any-answer",
                        "a hook that asks by HTTP succeeds with any answer, whatever its status",
                        HookBehaviours::anyAnswer));
    }

    private static String pod(String name, String hook) {
        return Specimens.pod(name).replace("\"args\"", "\"lifecycle\":{\"postStart\":{" + hook + "}},\"args\"");
    }

    private static Answer seen(Ground ground, String name) {
        return ground.get(ground.path("pods/" + name));
    }

    private static void afterStart(Ground ground) {
        String second = "{\"name\":\"second\",\"image\":\"firedrill/specimen:latest\","
                + "\"imagePullPolicy\":\"IfNotPresent\",\"args\":[\"--exit=0\"]}";
        ground.create(pod("one", "\"sleep\":{\"seconds\":4}")
                .replace("\"terminationGracePeriodSeconds\":1", "\"terminationGracePeriodSeconds\":5")
                .replace(
                        "\"periodSeconds\":1}}]", "\"periodSeconds\":1}}," + second + "],\"restartPolicy\":\"Never\""));
        ground.until("the event of its start", () -> reasons(ground, "one").contains("Started"));
        ground.until(
                "statuses sorted by name",
                () -> seen(ground, "one").at(FIRST + "name").equals("second"));
        Answer held = seen(ground, "one");
        same("the phase while the hook runs", "Pending", held.at("/status/phase"));
        for (String status : List.of(FIRST, SPECIMEN)) {
            same("why it waits", "ContainerCreating", held.at(status + "state/waiting/reason"));
        }
        ground.until(
                "the start of both",
                () -> seen(ground, "one").at("/status/phase").equals("Running"));
        Instant first = Instant.parse(seen(ground, "one").at(SPECIMEN + "state/running/startedAt"));
        ground.until("the end of the second", () -> !seen(ground, "one")
                .at(FIRST + "state/terminated/startedAt")
                .isEmpty());
        Instant next = Instant.parse(seen(ground, "one").at(FIRST + "state/terminated/startedAt"));
        demand(
                Duration.between(first, next).toSeconds() >= 3,
                "the second starts at " + next + ", the first at " + first);
    }

    private static List<String> reasons(Ground ground, String pod) {
        return ground.get(ground.path("events?fieldSelector=involvedObject.name%3D" + pod))
                .items()
                .map(event -> event.at("/reason").asString())
                .toList();
    }

    private static void failure(Ground ground) {
        ground.create(pod("one", "\"httpGet\":{\"path\":\"/x\",\"port\":8099}"));
        ground.until(
                "the wait that names the hook",
                () -> seen(ground, "one").at(FIRST + "state/waiting/reason").equals("PostStartHookError"));
        Answer failed = seen(ground, "one");
        String message = failed.at(FIRST + "state/waiting/message");
        demand(
                message.startsWith("HTTP lifecycle hook (/x) for Container \"specimen\" in Pod \"one_"),
                "message: " + message);
        demand(!failed.at(FIRST + "lastState/terminated/exitCode").isEmpty(), "no last exit code");
        same("ready", "false", failed.at(FIRST + "ready"));
        ground.until("its events", () -> reasons(ground, "one").containsAll(List.of("FailedPostStartHook", "Killing")));
        ground.until(
                "its back-off",
                () -> seen(ground, "one").at(FIRST + "state/waiting/reason").equals("CrashLoopBackOff"));
    }

    private static void anyAnswer(Ground ground) {
        Specimens.run(ground, "other");
        String address = seen(ground, "other").at("/status/podIP");
        String hook = "\"httpGet\":{\"host\":\"%s\",\"path\":\"/nowhere\",\"port\":8080}".formatted(address);
        Specimens.start(ground, pod("one", hook));
        same("restarts", "0", seen(ground, "one").at(FIRST + "restartCount"));
    }
}
