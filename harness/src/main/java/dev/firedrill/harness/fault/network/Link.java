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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A Toxiproxy between a Service and its clients: of all of them, when the Service is led to it, or of one, when that
 * client's own address is. Its objects carry one name; the proxy of a port is called by the port.
 */
final class Link {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int FIRST_PORT = 20_000;
    private static final int LONGEST_NAME = 63;
    private static final String CONFIG = "/etc/toxiproxy";

    private final FaultScene scene;
    private final String service;
    private final int port;
    private final AddressSetting client;
    private final String name;
    private final String mark = UUID.randomUUID().toString();

    Link(FaultScene scene, Arguments arguments) {
        this.scene = scene;
        this.service = arguments.text("service");
        this.port = arguments.number("port");
        this.client = AddressSetting.of(arguments);
        this.name = name(arguments);
    }

    /** The name of all its objects. */
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
        ObjectNode origin = object("v1", "Service");
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
                    name + ":" + number));
        }
        FieldChange lead = scene.objects()
                .set(
                        ObjectRef.service(service),
                        "/spec/selector",
                        JSON.createObjectNode().put(Toxiproxy.LABEL, name));
        return List.of(create(origin), create(config(listening)), create(pods(listening)), lead);
    }

    private List<Change> forOne(JsonNode target) {
        ObjectNode door = object("v1", "Service");
        ObjectNode spec = door.putObject("spec");
        spec.putObject("selector").put(Toxiproxy.LABEL, name);
        spec.putArray("ports").addObject().put("port", port).put("targetPort", FIRST_PORT);
        List<Listening> listening = List.of(new Listening(
                proxy(), FIRST_PORT, "", target.at("/metadata/name").asString() + ":" + port));
        return List.of(
                create(door),
                create(config(listening)),
                create(pods(listening)),
                client.lead(scene, service, port, name));
    }

    /** One port of the proxy: where it listens, by which name a Service finds it, where it leads. */
    private record Listening(String proxy, int port, String portName, String upstream) {}

    private ObjectCreation create(ObjectNode object) {
        ObjectRef ref = new ObjectRef(
                object.path("apiVersion").asString(), object.path("kind").asString(), name);
        if (scene.objects().read(ref).isPresent()) {
            throw new ConfigurationException(ref + " is there already; allowed: one proxy between the same two");
        }
        return new ObjectCreation(ref, mark, object);
    }

    private ObjectNode object(String apiVersion, String kind) {
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
        ObjectNode config = object("v1", "ConfigMap");
        config.putObject("data").put("proxies.json", proxies.toString());
        return config;
    }

    private ObjectNode pods(List<Listening> listening) {
        if (listening.stream().anyMatch(each -> each.port() == Toxiproxy.PORT)) {
            throw new ConfigurationException("Service/" + service + " leads to port " + Toxiproxy.PORT
                    + ", which is Toxiproxy's own; allowed: a Service with other target ports");
        }
        ObjectNode deployment = object("apps/v1", "Deployment");
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
