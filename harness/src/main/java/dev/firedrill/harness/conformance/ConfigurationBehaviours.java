package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How ConfigMaps and Secrets reach programs, what they print, and what the cluster tells about them.
 *
 * <p>Source: Kubernetes documentation, https://kubernetes.io/docs/concepts/configuration/configmap/ and
 * https://kubernetes.io/docs/reference/kubernetes-api/cluster-resources/event-v1/.
 */
final class ConfigurationBehaviours {
    private static final String CONTAINER = "/status/containerStatuses/0/";

    private ConfigurationBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "configuration.follows",
                        "a mounted ConfigMap follows its object, without a restart",
                        ConfigurationBehaviours::follows),
                new Behaviour(
                        "configuration.variables",
                        "variables from ConfigMaps and Secrets are those of the container's start",
                        ConfigurationBehaviours::variables),
                new Behaviour(
                        "configuration.missing",
                        "a container whose ConfigMap is missing waits in CreateContainerConfigError until it comes",
                        ConfigurationBehaviours::missing),
                new Behaviour("logs.lines", "logs: all, the last lines, with times", ConfigurationBehaviours::lines),
                new Behaviour(
                        "logs.previous",
                        "the log of the container before is kept; the first container has none: 400",
                        ConfigurationBehaviours::previous),
                new Behaviour(
                        "logs.follow", "a followed log ends when its container ends", ConfigurationBehaviours::follow),
                new Behaviour(
                        "events.start",
                        "a pod's start is told: Scheduled, Pulled or Pulling, Created, Started, in that order",
                        ConfigurationBehaviours::start),
                new Behaviour(
                        "events.trouble",
                        "trouble is told: Unhealthy and BackOff as Warnings, an end as Killing",
                        ConfigurationBehaviours::trouble),
                new Behaviour("events.scaled", "a Deployment tells ScalingReplicaSet", ConfigurationBehaviours::scaled),
                new Behaviour("access.exec", "commands can be run in a container", ConfigurationBehaviours::exec),
                new Behaviour(
                        "access.port-forward",
                        "ports of a pod can be forwarded",
                        ConfigurationBehaviours::portForward));
    }

    private static Answer pod(Ground ground) {
        return ground.get(ground.path("pods/one"));
    }

    private static void follows(Ground ground) {
        ground.create(ground.configMap("settings", "word", "old"));
        Specimens.start(
                ground,
                Specimens.pod("one")
                        .replace(
                                "\"containers\"",
                                "\"volumes\":[{\"name\":\"settings\",\"configMap\":{\"name\":\"settings\"}}],"
                                        + "\"containers\"")
                        .replace(
                                "\"readinessProbe\"",
                                "\"volumeMounts\":[{\"name\":\"settings\",\"mountPath\":\"/settings\"}],"
                                        + "\"env\":[{\"name\":\"FILE\",\"value\":\"/settings/word\"}],"
                                        + "\"readinessProbe\""));
        String file = Specimens.ask(ground, "one", "/env?FILE");
        same("the file", "old", Specimens.ask(ground, "one", "/file?" + file));
        ground.patch("merge", ground.path("configmaps/settings"), "{\"data\":{\"word\":\"new\"}}")
                .expect(200);
        ground.patch(
                        "merge",
                        ground.path("pods/one"),
                        "{\"metadata\":{\"annotations\":{\"firedrill.dev/looked\":\"1\"}}}")
                .expect(200);
        ground.until("the new word", () -> Specimens.ask(ground, "one", "/file?" + file)
                .equals("new"));
        same("restarts", "0", pod(ground).at(CONTAINER + "restartCount"));
    }

    private static void variables(Ground ground) {
        ground.create(ground.configMap("settings", "word", "old"));
        ground.create("{\"apiVersion\":\"v1\",\"kind\":\"Secret\",\"metadata\":{\"name\":\"secrets\"},"
                + "\"stringData\":{\"SECRET\":\"sesame\"}}");
        Specimens.start(
                ground,
                Specimens.pod("one")
                        .replace(
                                "\"readinessProbe\"",
                                "\"envFrom\":[{\"secretRef\":{\"name\":\"secrets\"}}],\"env\":[{\"name\":\"WORD\","
                                        + "\"valueFrom\":{\"configMapKeyRef\":{\"name\":\"settings\",\"key\":"
                                        + "\"word\"}}},"
                                        + "{\"name\":\"NONE\",\"valueFrom\":{\"configMapKeyRef\":{\"name\":"
                                        + "\"none\",\"key\":\"a\","
                                        + "\"optional\":true}}}],\"readinessProbe\""));
        same("the variable", "old", Specimens.ask(ground, "one", "/env?WORD"));
        same("the secret", "sesame", Specimens.ask(ground, "one", "/env?SECRET"));
        ground.patch("merge", ground.path("configmaps/settings"), "{\"data\":{\"word\":\"new\"}}")
                .expect(200);
        same("the variable after a change", "old", Specimens.ask(ground, "one", "/env?WORD"));
        Specimens.ask(ground, "one", "/exit?1");
        ground.until("the new word after a restart", () -> Specimens.ask(ground, "one", "/env?WORD")
                .equals("new"));
    }

    private static void missing(Ground ground) {
        ground.create(Specimens.pod("one")
                .replace(
                        "\"readinessProbe\"",
                        "\"envFrom\":[{\"configMapRef\":{\"name\":\"late\"}}],\"readinessProbe\""));
        ground.until(
                "CreateContainerConfigError",
                () -> pod(ground).at(CONTAINER + "state/waiting/reason").equals("CreateContainerConfigError"));
        ground.create(ground.configMap("late", "WORD", "here"));
        ground.until("a ready pod", () -> Specimens.isReady(ground, "one"));
        same("the variable", "here", Specimens.ask(ground, "one", "/env?WORD"));
    }

    private static String log(Ground ground, String query) {
        return ground.get(ground.path("pods/one/log" + query)).expect(200).text();
    }

    private static void lines(Ground ground) {
        Specimens.run(ground, "one");
        Specimens.ask(ground, "one", "/say?first");
        Specimens.ask(ground, "one", "/say?second");
        ground.until("both lines", () -> log(ground, "").contains(" second\n"));
        List<String> all = log(ground, "").lines().toList();
        demand(all.get(0).endsWith(" started "), "the first line is " + all.get(0));
        List<String> last = log(ground, "?tailLines=1").lines().toList();
        demand(last.size() == 1 && last.get(0).endsWith(" second"), "the last line is " + last);
        String timed = log(ground, "?tailLines=1&timestamps=true");
        demand(
                timed.matches("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d+Z .* second\n"),
                "with its time: " + timed);
        ground.get(ground.path("pods/one/log?container=none")).expect(400, "BadRequest");
    }

    private static void previous(Ground ground) {
        Specimens.run(ground, "one");
        ground.get(ground.path("pods/one/log?previous=true")).expect(400, "BadRequest");
        Specimens.ask(ground, "one", "/say?the-first-life");
        Specimens.ask(ground, "one", "/exit?1");
        ground.until(
                "a restart",
                () -> pod(ground).at(CONTAINER + "restartCount").equals("1") && Specimens.isReady(ground, "one"));
        demand(log(ground, "?previous=true").contains("the-first-life"), "the log of the first container is not there");
        demand(!log(ground, "").contains("the-first-life"), "the log of the second container holds the first one's");
    }

    private static void follow(Ground ground) {
        Specimens.run(ground, "one");
        var followed = ground.start("GET", ground.path("pods/one/log?follow=true"), null, null);
        Specimens.ask(ground, "one", "/say?while-followed");
        Specimens.ask(ground, "one", "/exit?1");
        Answer log = Ground.join(followed);
        demand(log.expect(200).text().contains("while-followed"), "what was followed: " + log.text());
    }

    private static List<String> reasons(Ground ground, String kind, String name) {
        return ground.get(ground.path(
                        "events?fieldSelector=involvedObject.kind%3D" + kind + ",involvedObject.name%3D" + name))
                .items()
                .sorted((a, b) -> a.at("/metadata/creationTimestamp")
                        .asString()
                        .compareTo(b.at("/metadata/creationTimestamp").asString()))
                .map(event -> event.path("type").asString() + " "
                        + event.path("reason").asString())
                .toList();
    }

    private static void start(Ground ground) {
        Specimens.run(ground, "one");
        ground.until("Started", () -> reasons(ground, "Pod", "one").contains("Normal Started"));
        List<String> told = reasons(ground, "Pod", "one");
        List<String> order = told.stream()
                .filter(reason -> !reason.matches("Normal Pulling|Warning Unhealthy"))
                .toList();
        same("what was told", List.of("Normal Scheduled", "Normal Pulled", "Normal Created", "Normal Started"), order);
    }

    private static void trouble(Ground ground) {
        ground.create(Specimens.pod("one", "--exit=3"));
        ground.until("BackOff", () -> reasons(ground, "Pod", "one").contains("Warning BackOff"));
        Specimens.run(ground, "two");
        Specimens.ask(ground, "two", "/ready?false");
        ground.until("Unhealthy", () -> reasons(ground, "Pod", "two").contains("Warning Unhealthy"));
        ground.delete(ground.path("pods/two")).expect(200);
        ground.until("Killing", () -> reasons(ground, "Pod", "two").contains("Normal Killing"));
    }

    private static void scaled(Ground ground) {
        Specimens.roll(ground, "one", 1);
        ground.until(
                "ScalingReplicaSet", () -> reasons(ground, "Deployment", "one").contains("Normal ScalingReplicaSet"));
        String replicaSet = ground.get(ground.path("apps/v1", "replicasets")).at("/items/0/metadata/name");
        ground.until("SuccessfulCreate", () -> reasons(ground, "ReplicaSet", replicaSet)
                .contains("Normal SuccessfulCreate"));
    }

    private static void exec(Ground ground) throws Exception {
        Specimens.run(ground, "one");
        refusedOrUpgrade(ground, ground.path("pods/one/exec?command=java&command=-version&stdout=true&stderr=true"));
        try (var command = ground.client()
                .pods()
                .inNamespace(ground.namespace())
                .withName("one")
                .redirectingOutput()
                .redirectingError()
                .exec("java", "-version")) {
            same("the exit code", 0, command.exitCode().get(60, TimeUnit.SECONDS));
        }
    }

    private static void portForward(Ground ground) throws Exception {
        Specimens.run(ground, "one");
        refusedOrUpgrade(ground, ground.path("pods/one/portforward?ports=8080"));
        try (var forward = ground.client()
                .pods()
                .inNamespace(ground.namespace())
                .withName("one")
                .portForward(8080)) {
            var url = URI.create("http://127.0.0.1:" + forward.getLocalPort() + "/")
                    .toURL();
            try (var body = url.openStream()) {
                same("who answers", "one", new String(body.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
    }

    /** A plain request is told to upgrade where the feature is there. */
    private static void refusedOrUpgrade(Ground ground, String path) {
        Answer plain = ground.get(path);
        demand(plain.code() != 405, plain.at("/message"));
    }
}
