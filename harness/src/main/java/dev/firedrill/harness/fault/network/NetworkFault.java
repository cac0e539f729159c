package dev.firedrill.harness.fault.network;

import dev.firedrill.harness.agent.WireRequest;
import dev.firedrill.harness.agent.WireResult;
import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Change;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultPlan;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.fault.ToxicChange;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A fault of the network between a Service and its clients: a toxic of a Toxiproxy that is put between them, unless one
 * is there already. What the toxic does is a {@link Harm}.
 */
final class NetworkFault implements Fault {
    /** Between whom. */
    static final List<Parameter> PLACE = List.of(
            Parameter.of("service", ParameterType.name(), "the Service"),
            Parameter.of("port", ParameterType.port(), "its port"),
            Parameter.of("configMap", ParameterType.name(), "only the client that has its address from this ConfigMap")
                    .optional(),
            Parameter.of("key", ParameterType.key(), "the key of its data that holds the address")
                    .optional(),
            Parameter.of("deployment", ParameterType.name(), "only the client that is this Deployment")
                    .optional(),
            Parameter.of("env", ParameterType.key(), "the variable of its first container that holds the address")
                    .optional());

    /** Of what: a proxy that is disabled is so in both directions, and for everybody. */
    private static final List<Parameter> SPREAD = List.of(
            Parameter.of(
                            "direction",
                            ParameterType.choice("upstream", "downstream"),
                            "what clients send, or what they get")
                    .otherwise("downstream"),
            Parameter.of("share", ParameterType.share(), "on how many of the connections")
                    .otherwise("100%"));

    /** How a proxy is put between. */
    static final String WIRING =
            "a Deployment, a Service and a ConfigMap `firedrill-link-…` are made, and the Service's `/spec/selector`,"
                    + " or the one client's address, leads to them. Connections that are open already go past it";

    /** As long as most servers take it in a header. */
    private static final int PADDING = 6_000;

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration EFFECT = Duration.ofSeconds(30);
    private static final int ALL = 100;
    private static final int HITS_WANTED = 7;
    private static final int FEW = 3;

    private final String kind;
    private final Harm harm;
    private final Arguments arguments;

    private NetworkFault(String kind, Harm harm, Arguments arguments) {
        this.kind = kind;
        this.harm = harm;
        this.arguments = arguments;
        Link.name(arguments);
    }

    /** A kind of network fault, with the parameters that all of them have. */
    static FaultKind kind(String name, String sentence, String seen, Harm harm, Parameter... own) {
        return FaultKind.named(name)
                .group("network")
                .harms(sentence)
                .takes(PLACE.subList(0, 2).toArray(Parameter[]::new))
                .takes(own)
                .takes(harm.type().isEmpty() ? new Parameter[0] : SPREAD.toArray(Parameter[]::new))
                .takes(Parameter.of("path", ParameterType.path(), "what the proof asks for")
                        .otherwise("/"))
                .takes(PLACE.subList(2, PLACE.size()).toArray(Parameter[]::new))
                .changes(WIRING + "; then the toxic is added. With a `proxied-link` there it is only that")
                .provenBy("within 30 s, on new connections of an HTTP client inside: " + seen
                        + (harm.type().isEmpty()
                                ? "; on all of them, in both directions"
                                : "; on all of them, or on a part that fits the share"))
                .undoneBy("the toxic is removed, the Service or the client's address is as it was, and the proxy is"
                        + " deleted; this cuts the connections that go through it")
                .madeBy(arguments -> new NetworkFault(name, harm, arguments));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                kind,
                "Service/" + arguments.text("service"),
                kind + " on " + percent(arguments) + "% of the connections"
                        + arguments
                                .textIfAny("direction")
                                .map(each -> ", " + each)
                                .orElse(""),
                arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        Link link = new Link(scene, arguments);
        List<Change> changes = new ArrayList<>(link.isWired() ? List.of() : link.wiring());
        changes.add(new ToxicChange(link.deployment(), link.proxy(), harm.type().isEmpty() ? null : toxic()));
        return new FaultPlan(changes, link.reach());
    }

    private ObjectNode toxic() {
        ObjectNode toxic = JSON.createObjectNode()
                .put("name", kind + "-" + arguments.text("direction"))
                .put("type", harm.type())
                .put("stream", arguments.text("direction"))
                .put("toxicity", percent(arguments) / (double) ALL);
        toxic.set("attributes", JSON.valueToTree(harm.attributes(arguments)));
        return toxic;
    }

    /** Whether it is about what clients send. */
    static boolean isUpstream(Arguments arguments) {
        return arguments.textIfAny("direction").filter("upstream"::equals).isPresent();
    }

    private static long percent(Arguments arguments) {
        return arguments.has("share") ? arguments.amount("share") : ALL;
    }

    /** How many bytes a proof sends on each connection. */
    static int sent(Arguments arguments, String path) {
        return text(arguments, path, "close").length();
    }

    /** Asks as a client would that goes through the proxy, and wants the connection closed after the answer. */
    static WireRequest request(String host, Arguments arguments, String path, int connections, Duration patience) {
        String text = text(arguments, path, "close");
        return new WireRequest(host, arguments.number("port"), text, false, connections, patience);
    }

    /**
     * What is sent.
     *
     * @param afterwards what is to become of the connection: {@code close} or {@code keep-alive}
     */
    static String text(Arguments arguments, String path, String afterwards) {
        return "GET " + path + " HTTP/1.1\r\nHost: " + arguments.text("service") + "\r\nConnection: " + afterwards
                + "\r\n" + (isUpstream(arguments) ? "X-Padding: " + "x".repeat(PADDING) + "\r\n" : "") + "\r\n";
    }

    @Override
    public Proof proof() {
        return new Proof() {
            @Override
            public String describe() {
                return kind + " is seen on " + percent(arguments) + "% of new connections to "
                        + arguments.text("service") + ":" + arguments.number("port");
            }

            @Override
            public Duration within() {
                return EFFECT;
            }

            @Override
            public void prepare(FaultScene scene, FaultPlan plan) {
                OpenConnection.keep(scene, plan, arguments, arguments.text("path"));
            }

            @Override
            public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
                boolean wired = !Link.isWiredBy(plan) || Link.isWired(scene, Link.name(arguments));
                return wired ? Link.entrance(scene, arguments).flatMap(host -> look(scene, host)) : Optional.empty();
            }
        };
    }

    private static String words(WireResult one) {
        return String.format(
                Locale.ROOT,
                "%d bytes, the first after %.0f ms, %s after %.0f ms",
                one.bytes(),
                one.firstMillis(),
                one.end(),
                one.endMillis());
    }

    private Optional<String> look(FaultScene scene, String host) {
        double share = percent(arguments) / (double) ALL;
        int connections = share == 1 ? FEW : Math.min(ALL, (int) Math.ceil(HITS_WANTED / share));
        WireRequest request = request(host, arguments, arguments.text("path"), connections, harm.patience(arguments));
        if (harm.onlyEnds(arguments)) {
            request = new WireRequest(request.host(), request.port(), "", true, connections, harm.patience(arguments));
        }
        List<WireResult> seen = scene.agent().wire(request);
        List<WireResult> hit =
                seen.stream().filter(each -> harm.hits(each, arguments)).toList();
        double spread = 4 * Math.sqrt(connections * share * (1 - share)) + (share == 1 ? 0 : 1);
        if (hit.isEmpty() || Math.abs(hit.size() - connections * share) > spread) {
            return Optional.empty();
        }
        return Optional.of(String.format(
                        Locale.ROOT,
                        "%d of %d new connections to %s:%d are hit; one: %s",
                        hit.size(),
                        connections,
                        request.host(),
                        request.port(),
                        words(hit.get(0)))
                + OpenConnection.ask(scene, arguments, request)
                        .map(held -> harm.hits(held, arguments)
                                ? "; one that was open before the proxy was there is hit, too: " + words(held)
                                : "; one that was open before the proxy was there goes past it: " + words(held))
                        .orElse(""));
    }
}
