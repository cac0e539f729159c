package dev.firedrill.harness.fault.ingress;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.ObjectRef;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A route that leads to another Service, which serves something else. */
public final class WrongBackend implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("wrong-backend")
            .group("ingress")
            .harms("A route of an Ingress leads to another Service: users get the answers of another application.")
            .takes(
                    Parameter.of("ingress", ParameterType.name(), "the Ingress"),
                    Parameter.of("host", ParameterType.name(), "the host whose rule it is"),
                    Parameter.of("service", ParameterType.name(), "the other Service, which must be there"),
                    Parameter.of("port", ParameterType.port(), "its port"),
                    Parameter.of(
                            "url",
                            ParameterType.url(),
                            "what is served for that host, at the data plane's address as seen from inside"))
            .changes("`/spec/rules/N/http/paths/0/backend` of the rule: its first path leads elsewhere")
            .provenBy("within 15 s a GET of `url` with this host, from inside, is answered"
                    + " with a status from 400 on, or not at all")
            .undoneBy("the backend as it was")
            .madeBy(WrongBackend::new);

    private final Arguments arguments;
    private final IngressRule rule;

    private WrongBackend(Arguments arguments) {
        this.arguments = arguments;
        this.rule = new IngressRule(arguments.text("ingress"), arguments.text("host"));
    }

    /**
     * Lets the first path of a host lead to another Service.
     *
     * @param url what is served for the host now and not by the other Service, as seen from inside the cluster
     */
    public static WrongBackend of(String ingress, String host, String service, int port, String url) {
        return new WrongBackend(
                KIND.check(Map.of("ingress", ingress, "host", host, "service", service, "port", port, "url", url)));
    }

    private ObjectNode backend() {
        ObjectNode backend = JsonNodeFactory.instance.objectNode();
        ObjectNode service = backend.putObject("service").put("name", arguments.text("service"));
        service.putObject("port").put("number", arguments.number("port"));
        return backend;
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                rule.ref().toString(),
                "the route of " + rule.host() + " leads to Service " + arguments.text("service"),
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        scene.objects().require(ObjectRef.service(arguments.text("service")));
        return new FaultPlan(
                List.of(rule.set(scene, "/http/paths/0/backend", backend())), "every user of host " + rule.host());
    }

    @Override
    public Proof proof() {
        return rule.nothingAt(arguments.text("url"));
    }
}
