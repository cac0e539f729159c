package dev.firedrill.harness.conformance;

import static dev.firedrill.harness.conformance.Ground.demand;
import static dev.firedrill.harness.conformance.Ground.same;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Services, their endpoints and their names, as a client in the cluster sees them.
 *
 * <p>Source: Kubernetes documentation, https://kubernetes.io/docs/concepts/services-networking/service/ and
 * https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/.
 */
final class ServiceBehaviours {
    private static final int MANY = 60;

    private ServiceBehaviours() {}

    static List<Behaviour> all() {
        return List.of(
                new Behaviour(
                        "services.balance", "connections are spread over the ready pods", ServiceBehaviours::balance),
                new Behaviour(
                        "services.readiness",
                        "a pod that is not ready gets no new connections, and is listed as not ready",
                        ServiceBehaviours::readiness),
                new Behaviour(
                        "services.refused",
                        "without a ready pod new connections are refused",
                        ServiceBehaviours::refused),
                new Behaviour(
                        "services.selector",
                        "a changed selector moves new connections to other pods; an open one stays",
                        ServiceBehaviours::selector),
                new Behaviour(
                        "services.wrong-port",
                        "a target port on which nobody listens is refused",
                        ServiceBehaviours::wrongPort),
                new Behaviour(
                        "services.affinity",
                        "ClientIP affinity keeps a client at one pod",
                        ServiceBehaviours::affinity),
                new Behaviour(
                        "services.headless",
                        "a headless Service resolves to the addresses of its ready pods",
                        ServiceBehaviours::headless),
                new Behaviour(
                        "services.variables",
                        "a pod that starts after a Service has its address and port in variables",
                        ServiceBehaviours::variables),
                new Behaviour(
                        "services.address",
                        "a Service keeps its address; a change of it is refused",
                        ServiceBehaviours::address),
                new Behaviour(
                        "services.proxy",
                        "the API server forwards requests to pods and Services; without a ready pod it is 503",
                        ServiceBehaviours::proxy),
                new Behaviour(
                        "names.forms",
                        "a Service is found by its short name, with namespace, with svc, and in full",
                        ServiceBehaviours::forms),
                new Behaviour(
                        "names.other-namespace", "a short name is of the pod's own namespace", ServiceBehaviours::own),
                new Behaviour(
                        "names.gone",
                        "the name of a deleted Service stops resolving; one never there does not resolve",
                        ServiceBehaviours::gone),
                new Behaviour("names.server", "kubernetes.default.svc is the API server", ServiceBehaviours::server));
    }

    private static Set<String> callers(Ground ground, String pod, String address, int times) {
        Set<String> seen = new TreeSet<>();
        for (int i = 0; i < times; i++) {
            seen.add(Specimens.get(ground, pod, address));
        }
        return seen;
    }

    private static void balance(Ground ground) {
        ground.create(Specimens.service("api", "api"));
        Specimens.roll(ground, "api", 2);
        String from = Specimens.pods(ground, "api").get(0);
        Set<String> pods = new TreeSet<>(Specimens.pods(ground, "api"));
        ground.until("answers of both pods", () -> callers(ground, from, "api:8080", 20)
                .equals(pods));
        same("who answers", pods, callers(ground, from, "api:8080", MANY));
    }

    private static void readiness(Ground ground) {
        ground.create(Specimens.service("api", "api"));
        Specimens.roll(ground, "api", 2);
        List<String> pods = Specimens.pods(ground, "api");
        String one = pods.get(0);
        String other = pods.get(1);
        Specimens.ask(ground, one, "/ready?false");
        ground.until("the end of its readiness", () -> !Specimens.isReady(ground, one));
        ground.until("its endpoint not ready", () -> endpointReady(ground, one).equals("false"));
        ground.until("answers of the other alone", () -> callers(ground, other, "api:8080", 10)
                .equals(Set.of(other)));
        same("who answers", Set.of(other), callers(ground, other, "api:8080", 20));
        same(
                "containers that restarted",
                "0",
                ground.get(ground.path("pods/" + one)).at("/status/containerStatuses/0/restartCount"));
        Specimens.ask(ground, one, "/ready?true");
        ground.until(
                "answers of both", () -> callers(ground, other, "api:8080", 20).equals(Set.of(one, other)));
    }

    private static String endpointReady(Ground ground, String pod) {
        return ground.get(ground.path(
                        "discovery.k8s.io/v1", "endpointslices?labelSelector=kubernetes.io%2Fservice-name%3Dapi"))
                .items()
                .flatMap(slice -> slice.path("endpoints").valueStream())
                .filter(endpoint -> endpoint.at("/targetRef/name").asString("").equals(pod))
                .map(endpoint -> endpoint.at("/conditions/ready").asString())
                .findFirst()
                .orElse("absent");
    }

    private static void refused(Ground ground) {
        ground.create(Specimens.service("api", "nobody"));
        Specimens.run(ground, "caller");
        ground.until(
                "refusal", () -> Specimens.get(ground, "caller", "api:8080").equals("refused"));
        Specimens.run(ground, "nobody");
        ground.until(
                "an answer", () -> Specimens.get(ground, "caller", "api:8080").equals("nobody"));
        Specimens.ask(ground, "nobody", "/ready?false");
        ground.until("refusal again", () -> Specimens.get(ground, "caller", "api:8080")
                .equals("refused"));
    }

    private static void selector(Ground ground) {
        ground.create(Specimens.service("api", "one"));
        Specimens.run(ground, "one");
        Specimens.run(ground, "two");
        ground.until("an answer of one", () -> Specimens.get(ground, "two", "api:8080")
                .equals("one"));
        same("on a connection that is kept", "one", Specimens.ask(ground, "two", "/open?api:8080"));
        ground.patch("merge", ground.path("services/api"), "{\"spec\":{\"selector\":{\"app\":\"two\"}}}")
                .expect(200);
        ground.until("an answer of two", () -> Specimens.get(ground, "two", "api:8080")
                .equals("two"));
        same("on the connection that was kept", "one", Specimens.ask(ground, "two", "/again?api:8080"));
    }

    private static void wrongPort(Ground ground) {
        ground.create(Specimens.service("api", "one").replace("\"targetPort\":\"http\"", "\"targetPort\":8099"));
        Specimens.run(ground, "one");
        Specimens.run(ground, "two");
        ground.until("its endpoint", () -> endpointReady(ground, "one").equals("true"));
        Set<String> answers = new TreeSet<>();
        Instant end = Instant.now().plusSeconds(2);
        while (Instant.now().isBefore(end)) {
            answers.addAll(callers(ground, "two", "api:8080", 1));
        }
        same("the answers", Set.of("refused"), answers);
    }

    private static void affinity(Ground ground) {
        ground.create(Specimens.service("api", "api")
                .replace("\"selector\"", "\"sessionAffinity\":\"ClientIP\",\"selector\""));
        Specimens.roll(ground, "api", 2);
        String from = Specimens.pods(ground, "api").get(0);
        ground.until(
                "an answer", () -> Specimens.pods(ground, "api").contains(Specimens.get(ground, from, "api:8080")));
        same(
                "how many pods answered",
                1,
                callers(ground, from, "api:8080", MANY / 3).size());
        Answer service = ground.get(ground.path("services/api"));
        same("the affinity's time", "10800", service.at("/spec/sessionAffinityConfig/clientIP/timeoutSeconds"));
    }

    private static void headless(Ground ground) {
        ground.create(Specimens.service("api", "api").replace("\"selector\"", "\"clusterIP\":\"None\",\"selector\""));
        Specimens.roll(ground, "api", 2);
        List<String> pods = Specimens.pods(ground, "api");
        String addresses = String.join(
                ",", pods.stream().map(pod -> address(ground, pod)).sorted().toList());
        ground.until("both addresses", () -> Specimens.ask(ground, pods.get(0), "/resolve?api")
                .equals(addresses));
        Specimens.ask(ground, pods.get(1), "/ready?false");
        ground.until("the address of the ready one", () -> Specimens.ask(ground, pods.get(0), "/resolve?api")
                .equals(address(ground, pods.get(0))));
    }

    private static String address(Ground ground, String pod) {
        return ground.get(ground.path("pods/" + pod)).at("/status/podIP");
    }

    private static void variables(Ground ground) {
        String address = ground.create(Specimens.service("api-one", "api")).at("/spec/clusterIP");
        Specimens.run(ground, "caller");
        same("API_ONE_SERVICE_HOST", address, Specimens.ask(ground, "caller", "/env?API_ONE_SERVICE_HOST"));
        same("API_ONE_SERVICE_PORT", "8080", Specimens.ask(ground, "caller", "/env?API_ONE_SERVICE_PORT"));
        same("API_ONE_SERVICE_PORT_HTTP", "8080", Specimens.ask(ground, "caller", "/env?API_ONE_SERVICE_PORT_HTTP"));
        demand(
                !Specimens.ask(ground, "caller", "/env?KUBERNETES_SERVICE_HOST").isEmpty(),
                "no KUBERNETES_SERVICE_HOST");
    }

    private static void address(Ground ground) {
        String address = ground.create(Specimens.service("api", "api")).at("/spec/clusterIP");
        Answer labelled =
                ground.patch("merge", ground.path("services/api"), "{\"metadata\":{\"labels\":{\"a\":\"b\"}}}");
        same("the address after a change", address, labelled.at("/spec/clusterIP"));
        ground.patch("merge", ground.path("services/api"), "{\"spec\":{\"clusterIP\":\"10.255.255.254\"}}")
                .expect(422, "Invalid");
    }

    private static void proxy(Ground ground) {
        ground.create(Specimens.service("api", "one"));
        String path = ground.path("services/api:http/proxy/");
        ground.until(
                "the API server to know the Service", () -> ground.get(path).code() != 404);
        ground.get(path).expect(503, "ServiceUnavailable");
        Specimens.run(ground, "one");
        ground.until("an answer", () -> ground.get(path).text().equals("one"));
        same("an answer of the pod", "one", Specimens.ask(ground, "one", "/"));
    }

    private static void forms(Ground ground) {
        String address = ground.create(Specimens.service("api", "one")).at("/spec/clusterIP");
        Specimens.run(ground, "one");
        String in = "api." + ground.namespace();
        for (String name : List.of("api", in, in + ".svc", in + ".svc.cluster.local")) {
            ground.until(name + " to resolve", () -> Specimens.ask(ground, "one", "/resolve?" + name)
                    .equals(address));
        }
    }

    private static void own(Ground ground) {
        Specimens.run(ground, "one");
        Answer far =
                ground.get("/api/v1/namespaces/default/services/kubernetes").expect(200);
        ground.until("kubernetes.default to resolve", () -> Specimens.ask(ground, "one", "/resolve?kubernetes.default")
                .equals(far.at("/spec/clusterIP")));
        String own = Specimens.ask(ground, "one", "/resolve?kubernetes");
        demand(own.startsWith("503"), "a name of another namespace resolves without it: " + own);
    }

    private static void gone(Ground ground) {
        String address = ground.create(Specimens.service("api", "one")).at("/spec/clusterIP");
        Specimens.run(ground, "one");
        ground.until(
                "the name", () -> Specimens.ask(ground, "one", "/resolve?api").equals(address));
        ground.delete(ground.path("services/api")).expect(200);
        ground.until(
                "its end", () -> Specimens.ask(ground, "one", "/resolve?api").startsWith("503 UnknownHost"));
        String never = Specimens.ask(ground, "one", "/resolve?never");
        demand(never.startsWith("503 UnknownHost"), "a name that was never there: " + never);
    }

    private static void server(Ground ground) {
        Specimens.run(ground, "one");
        String answer = Specimens.ask(ground, "one", "/get?http://kubernetes.default.svc:443/");
        demand(!answer.contains("UnknownHost") && !answer.equals("timeout"), "port 443 answers: " + answer);
        Answer service = ground.get("/api/v1/namespaces/default/services/kubernetes");
        same("the port", "443", service.at("/spec/ports/0/port"));
    }
}
