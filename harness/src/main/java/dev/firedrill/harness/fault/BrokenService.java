package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Service that no longer leads to its pods, though the pods are well: its clients in the cluster cannot connect, or
 * reach the wrong program.
 */
public final class BrokenService implements Fault {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration EFFECT = Duration.ofSeconds(15);

    private final String service;
    private final int port;
    private final boolean selector;
    private final JsonNode value;
    private final String harm;
    private final Map<String, String> parameters;

    private BrokenService(
            String service, int port, boolean selector, JsonNode value, String harm, Map<String, String> parameters) {
        this.service = service;
        this.port = port;
        this.selector = selector;
        this.value = value;
        this.harm = harm;
        this.parameters = parameters;
    }

    /**
     * Its selector matches the pods of another program, which does not listen on the Service's target port.
     *
     * @param port the Service's port, on which the effect is proven
     */
    public static BrokenService selecting(String service, int port, Map<String, String> selector) {
        return new BrokenService(
                service,
                port,
                true,
                JSON.valueToTree(selector),
                "the Service selects " + selector + ", the pods of another program",
                Map.of("service", service, "selector", selector.toString()));
    }

    /**
     * Its selector matches no pod, so that it has no endpoints.
     *
     * @param port the Service's port, on which the effect is proven
     */
    public static BrokenService selectingNothing(String service, int port) {
        return new BrokenService(
                service,
                port,
                true,
                JSON.createObjectNode().put("firedrill.dev/nothing", "here"),
                "the Service selects no pod: it has no endpoints",
                Map.of("service", service));
    }

    /**
     * One of its ports leads to a port on which its pods do not listen.
     *
     * @param port the Service's port
     * @param targetPort 1 to 65535
     */
    public static BrokenService withTargetPort(String service, int port, int targetPort) {
        return new BrokenService(
                service,
                port,
                false,
                JSON.getNodeFactory().numberNode(targetPort),
                "the Service sends to port " + targetPort + ", on which its pods do not listen",
                Map.of("service", service, "port", Integer.toString(port), "targetPort", Integer.toString(targetPort)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription("broken-service", "Service/" + service, harm, parameters);
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        ObjectRef ref = new ObjectRef("v1", "Service", service);
        ObjectFields fields = new ObjectFields(scene.client(), scene.namespace());
        int index = index(fields.require(ref));
        FieldChange change =
                fields.set(ref, selector ? "/spec/selector" : "/spec/ports/" + index + "/targetPort", value);
        return new FaultPlan(List.of(change), "every client of Service " + service + " in " + scene.namespace());
    }

    private int index(JsonNode object) {
        JsonNode ports = object.at("/spec/ports");
        for (int i = 0; i < ports.size(); i++) {
            if (ports.path(i).path("port").asInt() == port) {
                return i;
            }
        }
        throw new ConfigurationException(
                "Service/" + service + " has no port " + port + "; it has " + ports.findValuesAsString("port"));
    }

    @Override
    public Proof proof() {
        return RequestFails.to("http://" + service + ":" + port + "/", EFFECT);
    }
}
