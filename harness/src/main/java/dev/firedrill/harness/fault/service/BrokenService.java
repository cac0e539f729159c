package dev.firedrill.harness.fault.service;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.FieldChange;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.RequestFails;
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
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("broken-service")
            .group("service")
            .harms("A Service no longer leads to its pods, though the pods are well. New connections fail; an open one"
                    + " may live on.")
            .takes(
                    Parameter.of("service", ParameterType.name(), "the Service"),
                    Parameter.of("port", ParameterType.port(), "its port, on which the effect is proven"),
                    Parameter.of(
                                    "selector",
                                    ParameterType.labels(),
                                    "what it selects instead: pods that do not listen on its target port")
                            .optional(),
                    Parameter.of("targetPort", ParameterType.port(), "where it sends instead: a port of no program")
                            .optional())
            .changes("`/spec/selector`, or `/spec/ports/N/targetPort` of the port; with neither `selector` nor"
                    + " `targetPort` it selects nothing, with both `targetPort` counts")
            .provenBy("within 15 s `GET http://SERVICE:PORT/` from inside the cluster is not answered, or with a status"
                    + " from 500 on")
            .undoneBy("the field as it was")
            .madeBy(BrokenService::new);

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration EFFECT = Duration.ofSeconds(15);

    private final Arguments arguments;
    private final String service;
    private final int port;

    private BrokenService(Arguments arguments) {
        this.arguments = arguments;
        this.service = arguments.text("service");
        this.port = arguments.number("port");
    }

    /**
     * Its selector matches the pods of another program, which does not listen on the Service's target port.
     *
     * @param port the Service's port, on which the effect is proven
     */
    public static BrokenService selecting(String service, int port, Map<String, String> selector) {
        return new BrokenService(KIND.check(Map.of("service", service, "port", port, "selector", selector)));
    }

    /**
     * Its selector matches no pod, so that it has no endpoints.
     *
     * @param port the Service's port, on which the effect is proven
     */
    public static BrokenService selectingNothing(String service, int port) {
        return new BrokenService(KIND.check(Map.of("service", service, "port", port)));
    }

    /**
     * One of its ports leads to a port on which its pods do not listen.
     *
     * @param port the Service's port
     * @param targetPort 1 to 65535
     */
    public static BrokenService withTargetPort(String service, int port, int targetPort) {
        return new BrokenService(KIND.check(Map.of("service", service, "port", port, "targetPort", targetPort)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(KIND.name(), "Service/" + service, harm(), arguments.inWords());
    }

    private String harm() {
        if (arguments.has("targetPort")) {
            return "the Service sends to port " + arguments.number("targetPort") + ", on which its pods do not listen";
        }
        return arguments.has("selector")
                ? "the Service selects " + arguments.labels("selector") + ", the pods of another program"
                : "the Service selects no pod: it has no endpoints";
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        ObjectRef ref = ObjectRef.service(service);
        int index = index(scene.objects().require(ref));
        FieldChange change = arguments.has("targetPort")
                ? scene.objects()
                        .set(
                                ref,
                                "/spec/ports/" + index + "/targetPort",
                                JSON.getNodeFactory().numberNode(arguments.number("targetPort")))
                : scene.objects().set(ref, "/spec/selector", selector());
        return new FaultPlan(List.of(change), "every client of Service " + service + " in " + scene.namespace());
    }

    private JsonNode selector() {
        return arguments.has("selector")
                ? JSON.valueToTree(arguments.labels("selector"))
                : JSON.createObjectNode().put("firedrill.dev/nothing", "here");
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
