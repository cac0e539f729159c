package dev.firedrill.harness.fault.ingress;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;

/** A route that answers to another host name than the one that users ask for. */
public final class WrongHost implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("wrong-host")
            .group("ingress")
            .harms("A rule of an Ingress is for another host than the one that users ask for.")
            .takes(
                    Parameter.of("ingress", ParameterType.name(), "the Ingress"),
                    Parameter.of("host", ParameterType.name(), "the host whose rule it is"),
                    Parameter.of("becomes", ParameterType.name(), "the host that stands there instead"),
                    Parameter.of(
                            "url",
                            ParameterType.url(),
                            "what is served for that host, at the data plane's address as seen from inside"))
            .changes("`/spec/rules/N/host`")
            .provenBy("within 15 s a GET of `url` with the right host, from inside, is answered"
                    + " with a status from 400 on, or not at all")
            .undoneBy("the host as it was")
            .madeBy(WrongHost::new);

    private final Arguments arguments;
    private final IngressRule rule;

    private WrongHost(Arguments arguments) {
        this.arguments = arguments;
        this.rule = new IngressRule(arguments.text("ingress"), arguments.text("host"));
    }

    /**
     * Gives the rule of a host another host.
     *
     * @param url what is served for the host now, as seen from inside the cluster
     */
    public static WrongHost of(String ingress, String host, String becomes, String url) {
        return new WrongHost(KIND.check(Map.of("ingress", ingress, "host", host, "becomes", becomes, "url", url)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                rule.ref().toString(),
                "the rule for " + rule.host() + " is for " + arguments.text("becomes"),
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        return new FaultPlan(
                List.of(rule.set(scene, "/host", JsonNodeFactory.instance.stringNode(arguments.text("becomes")))),
                "every user of host " + rule.host());
    }

    @Override
    public Proof proof() {
        return rule.nothingAt(arguments.text("url"));
    }
}
