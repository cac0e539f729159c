package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireRequest;
import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.Proof;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Toxiproxy between a Service and its clients that does nothing yet. Wired in before the steady state is taken, it
 * can never be the fault itself; network faults that follow use it.
 *
 * <pre>{@code
 * .reconfigure("proxied", ProxiedLink.to("api", 8080)).fromSteadyState().inject("slow", ...)
 * }</pre>
 */
public final class ProxiedLink implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("proxied-link")
            .group("network")
            .harms("Harms nothing by itself: puts a Toxiproxy between a Service and its clients, for the network"
                    + " faults that follow.")
            .takes(NetworkFault.PLACE.toArray(Parameter[]::new))
            .changes(NetworkFault.WIRING)
            .provenBy(
                    "within 20 s the Service answers, and the proxy does so when it is asked by itself. That is enough"
                            + " to *plant* it; it proves no effect, so that it cannot be *injected*")
            .undoneBy("the Service or the client's address as it was, and the proxy deleted; this cuts the connections"
                    + " that go through it")
            .madeBy(ProxiedLink::new);

    private static final Duration EFFECT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Arguments arguments;

    private ProxiedLink(Arguments arguments) {
        this.arguments = arguments;
        Link.name(arguments);
    }

    /** For all clients of a Service. */
    public static ProxiedLink to(String service, int port) {
        return new ProxiedLink(KIND.check(Map.of("service", service, "port", port)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(),
                "Service/" + arguments.text("service"),
                "a Toxiproxy stands before the Service and does nothing",
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        Link link = new Link(scene, arguments);
        return new FaultPlan(link.wiring(), link.reach());
    }

    private boolean answers(FaultScene scene, String host, int port) {
        String text = NetworkFault.text(arguments, "/", "close");
        return scene.agent().wire(new WireRequest(host, port, text, false, 1, PATIENCE)).stream()
                .allMatch(WireResult::answered);
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return "Service " + arguments.text("service") + " answers through the proxy";
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public boolean readsBack() {
                return true;
            }

            @Override
            public void prepare(FaultScene scene, FaultPlan plan) {
                OpenConnection.keep(scene, plan, arguments, "/");
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                boolean byItself = Link.listener(scene, arguments)
                        .filter(proxy -> answers(scene, proxy.getHostString(), proxy.getPort()))
                        .isPresent();
                if (!byItself) {
                    return Optional.empty();
                }
                int port = arguments.number("port");
                return Link.entrance(scene, arguments)
                        .filter(host -> answers(scene, host, port))
                        .map(host -> host + ":" + port + " answers, and so does the proxy when it is asked by itself");
            }
        };
    }
}
