package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.cluster.ToxiproxyImage;
import dev.firedrill.harness.fault.AddressSetting;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Change;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectCreation;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Toxiproxy;
import dev.firedrill.harness.model.ConfigurationException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Toxiproxy between a Service and its clients: of all of them, when the Service is led to it, or of one, when that
 * client's own address is. Its objects carry one name, and its Service a new one each time: where a name led before is
 * remembered for seconds, by cluster DNS and by clients. The proxy of a port is called by the port.
 */
final class Link {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FIRST_PORT = 20_000;
    private static final int TAIL = 5;
    private static final int LONGEST_NAME = 63 - TAIL - 1;
    /** On the Deployment: the name of the Service. */
    private static final String SERVICE = "firedrill.dev/service";

    private static final String CONFIG = "/etc/toxiproxy";

    private final FaultScene scene;
    private final String service;
    private final int port;
    private final AddressSetting client;
    private final String name;
    private final String mark = UUID.randomUUID().toString();
    private final String door;

    Link(FaultScene scene, Arguments arguments) {
        this.scene = scene;
        this.service = arguments.text("service");
        this.port = arguments.number("port");
        this.client = AddressSetting.of(arguments);
        this.name = name(arguments);
        this.door = name + "-" + mark.substring(0, TAIL);
    }

    /** The name of its objects, and the beginning of its Service's. */
    static String name(Arguments arguments) {
        String name = "firedrill-link-" + arguments.text("service")
                + AddressSetting.of(arguments)
                        .name()
                        .map(client -> "-" + client)
                        .orElse("");
        if (name.length() > LONGEST_NAME) {
            throw new ConfigurationException("the name of the proxy would be longer than " + LONGEST_NAME
                    + " characters: " + name + "; allowed: a Service with a shorter name");
        }
        return name;
    }

    ObjectRef deployment() {
        return ObjectRef.deployment(name);
    }

    /** The proxy of the port. */
    String proxy() {
        return proxy(port);
    }

    private static String proxy(int port) {
        return "port-" + port;
    }

    /** Whether it is there already, by an earlier fault or change. */
    boolean isWired() {
        return isWired(scene, name);
    }

    static boolean isWired(FaultScene scene, String name) {
        return scene.objects().read(ObjectRef.deployment(name)).isPresent();
    }

    /** By which name inside those who go through it reach the Service; empty before it is there. */
    static Optional<String> entrance(FaultScene scene, Arguments arguments) {
        if (AddressSetting.of(arguments).name().isEmpty()) {
            return Optional.of(arguments.text("service"));
        }
        return scene.objects()
                .read(ObjectRef.deployment(name(arguments)))
                .map(deployment -> deployment
                        .at("/metadata/annotations/firedrill.dev~1service")
                        .asString(""))
                .filter(service -> !service.isEmpty());
    }

    /** Where the proxy itself listens for a Service's clients, past the Service; empty before it is ready. */
    static Optional<InetSocketAddress> listener(FaultScene scene, Arguments arguments) {
        String name = name(arguments);
        String proxy = proxy(arguments.number("port"));
        Optional<Integer> port = scene.objects()
                .read(ObjectRef.configMap(name))
                .map(config -> JSON.readTree(config.at("/data/proxies.json").asString("[]")))
                .flatMap(proxies -> proxies.valueStream()
                        .filter(each -> each.path("name").asString().equals(proxy))
                        .findFirst())
                .map(each -> Integer.valueOf(each.path("listen").asString().replaceFirst(".*:", "")));
        Optional<String> address = scene
                .client()
                .pods()
                .inNamespace(scene.namespace())
                .withLabel(Toxiproxy.LABEL, name)
                .list()
                .getItems()
                .stream()
                .flatMap(pod -> Stream.ofNullable(pod.getStatus().getPodIP()))
                .findFirst();
        return port.flatMap(number -> address.map(ip -> InetSocketAddress.createUnresolved(ip, number)));
    }

    /** Whether a plan puts it there. */
    static boolean isWiredBy(FaultPlan plan) {
        return plan.changes().stream().anyMatch(ObjectCreation.class::isInstance);
    }

    /** Who goes through it. */
    String reach() {
        return client.name()
                .map(one -> "the connections of " + client + " to Service " + service + " that are opened from now on")
                .orElse("all clients of Service " + service + " in " + scene.namespace()
                        + ", on connections that are opened from now on");
    }

    /** What puts it between, in order: the last change leads clients to it. */
    List<Change> wiring() {
        JsonNode target = scene.objects().require(ObjectRef.service(service));
        JsonNode ports = target.at("/spec/ports");
        if (!ports.findValuesAsString("port").contains(String.valueOf(port))) {
            throw new ConfigurationException("Service/" + service + " has no port " + port + "; allowed: "
                    + String.join(", ", ports.findValuesAsString("port")));
        }
        return client.name().isPresent() ? forOne(target) : forAll(target);
    }

    private List<Change> forAll(JsonNode target) {
        JsonNode selector = target.at("/spec/selector");
        if (selector.isEmpty()) {
            throw new ConfigurationException("Service/" + service + " selects no pods, so that it cannot be led to a"
                    + " proxy; allowed: a Service with a selector");
        }
        ObjectNode origin = object("v1", "Service", door);
        ObjectNode spec = origin.putObject("spec");
        spec.set("selector", selector.deepCopy());
        ArrayNode originPorts = spec.putArray("ports");
        List<Listening> listening = new ArrayList<>();
        for (JsonNode each : target.at("/spec/ports")) {
            int number = each.path("port").asInt();
            JsonNode to = each.path("targetPort");
            ObjectNode copy = originPorts.addObject().put("name", proxy(number)).put("port", number);
            copy.set("targetPort", to.deepCopy());
            listening.add(new Listening(
                    proxy(number),
                    to.isNumber() ? to.asInt() : FIRST_PORT + listening.size(),
                    to.isString() ? to.asString() : "",
                    door + ":" + number));
        }
        FieldChange lead = scene.objects()
                .set(
                        ObjectRef.service(service),
                        "/spec/selector",
                        JSON.createObjectNode().put(Toxiproxy.LABEL, name));
        return List.of(create(origin), create(config(listening)), create(pods(listening)), lead);
    }

    private List<Change> forOne(JsonNode target) {
        ObjectNode entrance = object("v1", "Service", door);
        ObjectNode spec = entrance.putObject("spec");
        spec.putObject("selector").put(Toxiproxy.LABEL, name);
        spec.putArray("ports").addObject().put("port", port).put("targetPort", FIRST_PORT);
        List<Listening> listening = List.of(new Listening(
                proxy(), FIRST_PORT, "", target.at("/metadata/name").asString() + ":" + port));
        return List.of(
                create(entrance),
                create(config(listening)),
                create(pods(listening)),
                client.lead(scene, service, port, door));
    }

    /** One port of the proxy: where it listens, by which name a Service finds it, where it leads. */
    private record Listening(String proxy, int port, String portName, String upstream) {}

    private ObjectCreation create(ObjectNode object) {
        ObjectRef ref = new ObjectRef(
                object.path("apiVersion").asString(),
                object.path("kind").asString(),
                object.at("/metadata/name").asString());
        if (scene.objects().read(ref).isPresent()) {
            throw new ConfigurationException(ref + " is there already; allowed: one proxy between the same two");
        }
        return new ObjectCreation(ref, mark, object);
    }

    private static ObjectNode object(String apiVersion, String kind, String name) {
        ObjectNode object =
                JSON.createObjectNode().put("apiVersion", apiVersion).put("kind", kind);
        object.putObject("metadata")
                .put("name", name)
                .putObject("labels")
                .put("app.kubernetes.io/managed-by", "firedrill");
        return object;
    }

    private ObjectNode config(List<Listening> listening) {
        ArrayNode proxies = JSON.createArrayNode();
        listening.forEach(each -> proxies.addObject()
                .put("name", each.proxy())
                .put("listen", "0.0.0.0:" + each.port())
                .put("upstream", each.upstream())
                .put("enabled", true));
        ObjectNode config = object("v1", "ConfigMap", name);
        config.putObject("data").put("proxies.json", proxies.toString());
        return config;
    }

    private ObjectNode pods(List<Listening> listening) {
        if (listening.stream().anyMatch(each -> each.port() == Toxiproxy.PORT)) {
            throw new ConfigurationException("Service/" + service + " leads to port " + Toxiproxy.PORT
                    + ", which is Toxiproxy's own; allowed: a Service with other target ports");
        }
        ObjectNode deployment = object("apps/v1", "Deployment", name);
        deployment.withObject("/metadata/annotations").put(SERVICE, door);
        ObjectNode spec = deployment.putObject("spec").put("replicas", 1);
        spec.putObject("selector").putObject("matchLabels").put(Toxiproxy.LABEL, name);
        ObjectNode template = spec.putObject("template");
        template.putObject("metadata").putObject("labels").put(Toxiproxy.LABEL, name);
        ObjectNode pod = template.putObject("spec")
                .put("enableServiceLinks", false)
                .put("automountServiceAccountToken", false)
                .put("terminationGracePeriodSeconds", 1);
        ObjectNode container = pod.putArray("containers")
                .addObject()
                .put("name", "toxiproxy")
                .put("image", ToxiproxyImage.name())
                .put("imagePullPolicy", "IfNotPresent");
        List.of("-host=0.0.0.0", "-config", CONFIG + "/proxies.json").forEach(container.withArray("args")::add);
        ArrayNode ports = container.putArray("ports");
        ports.addObject().put("containerPort", Toxiproxy.PORT);
        listening.forEach(each -> {
            ObjectNode declared = ports.addObject().put("containerPort", each.port());
            if (!each.portName().isEmpty()) {
                declared.put("name", each.portName());
            }
        });
        container.putArray("volumeMounts").addObject().put("name", "config").put("mountPath", CONFIG);
        ObjectNode ready = container.putObject("readinessProbe").put("periodSeconds", 1);
        ready.putObject("httpGet").put("path", "/version").put("port", Toxiproxy.PORT);
        container.putObject("resources").set("requests", JSON.valueToTree(Map.of("cpu", "10m", "memory", "32Mi")));
        pod.putArray("volumes")
                .addObject()
                .put("name", "config")
                .putObject("configMap")
                .put("name", name);
        return deployment;
    }
}
