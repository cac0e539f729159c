package dev.firedrill.harness.fault.own;

// [imports]
import dev.firedrill.harness.agent.WireRequest;
import dev.firedrill.harness.agent.WireResult;
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
import dev.firedrill.harness.model.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
// [/imports]

/** The fault that docs/writing-a-fault.md writes. */
// [kind]
public final class RenumberedPort implements Fault {
    public static final FaultKind KIND = FaultKind.named("renumbered-port")
            .group("service")
            .harms("A Service listens on another port than the one that its clients know.")
            .takes(
                    Parameter.of("service", ParameterType.name(), "the Service"),
                    Parameter.of("port", ParameterType.port(), "the port that its clients know"),
                    Parameter.of("becomes", ParameterType.port(), "the port on which it listens instead"))
            .changes("`/spec/ports/N/port`")
            .provenBy("within 15 s a request to the new port from inside the cluster is answered, and one to the old is"
                    + " not")
            .undoneBy("the port as it was")
            .madeBy(RenumberedPort::new);

    private final Arguments arguments;

    private RenumberedPort(Arguments arguments) {
        this.arguments = arguments;
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(), "Service/" + arguments.text("service"), KIND.harm(), arguments.inWords());
    }
    // [/kind]

    // [plan]
    @Override
    public FaultPlan plan(FaultScene scene) {
        ObjectRef service = ObjectRef.service(arguments.text("service"));
        JsonNode ports = scene.objects().require(service).at("/spec/ports");
        FieldChange port = scene.objects()
                .set(
                        service,
                        "/spec/ports/" + position(service, ports) + "/port",
                        JsonNodeFactory.instance.numberNode(arguments.number("becomes")));
        return new FaultPlan(List.of(port), "every client of " + service);
    }

    private int position(ObjectRef service, JsonNode ports) {
        int port = arguments.number("port");
        for (int i = 0; i < ports.size(); i++) {
            if (ports.get(i).path("port").asInt(0) == port) {
                return i;
            }
        }
        throw new ConfigurationException(service + " has no port " + port + "; its ports are " + ports);
    }
    // [/plan]

    // [proof]
    @Override
    public Proof proof() {
        return new MovedPort(arguments.text("service"), arguments.number("port"), arguments.number("becomes"));
    }

    private record MovedPort(String service, int known, int now) implements Proof {
        @Override
        public String describe() {
            return service + " answers on port " + now + ", and not on port " + known;
        }

        @Override
        public Duration within() {
            return Duration.ofSeconds(15);
        }

        @Override
        public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
            WireResult old = ask(scene, known);
            if (old.answered() || !ask(scene, now).answered()) {
                return Optional.empty();
            }
            return Optional.of("port " + now + " answers; port " + known + " does not: " + old.end());
        }

        private WireResult ask(FaultScene scene, int port) {
            String text = "GET / HTTP/1.1\r\nHost: " + service + "\r\nConnection: close\r\n\r\n";
            return scene.agent()
                    .wire(new WireRequest(service, port, text, false, 1, Duration.ofSeconds(1)))
                    .get(0);
        }
    }
    // [/proof]
}
