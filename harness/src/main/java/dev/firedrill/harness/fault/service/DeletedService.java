package dev.firedrill.harness.fault.service;

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
import dev.firedrill.harness.fault.RequestFails;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A Service that is gone: its name stops resolving, and its address leads nowhere. */
public final class DeletedService implements Fault {
    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named("deleted-service")
            .group("service")
            .harms("A Service is gone. Its name stops resolving, its address leads nowhere; the pods behind it are"
                    + " well.")
            .takes(
                    Parameter.of("service", ParameterType.name(), "the Service"),
                    Parameter.of("port", ParameterType.port(), "its port, on which the effect is proven"))
            .changes("the Service is deleted, if it is still the one that was planned for (by its uid)")
            .provenBy("within 30 s `GET http://SERVICE:PORT/` from inside the cluster is not answered, or with a status"
                    + " from 500 on")
            .undoneBy(
                    "the Service is made again as it was, with its address; its uid is another. One that somebody made"
                            + " meanwhile is left alone and named")
            .madeBy(DeletedService::new);

    private static final Duration EFFECT = Duration.ofSeconds(30);

    private final Arguments arguments;
    private final String service;

    private DeletedService(Arguments arguments) {
        this.arguments = arguments;
        this.service = arguments.text("service");
    }

    /**
     * Deletes a Service.
     *
     * @param port its port, on which the effect is proven
     */
    public static DeletedService named(String service, int port) {
        return new DeletedService(KIND.check(Map.of("service", service, "port", port)));
    }

    @Override
    public FaultDescription describe() {
        return new FaultDescription(
                KIND.name(), "Service/" + service, "the Service is gone, and its name with it", arguments.inWords());
    }

    @Override
    public FaultPlan plan(FaultScene scene) {
        return new FaultPlan(
                List.of(scene.objects().delete(ObjectRef.service(service))),
                "every client of Service " + service + " in " + scene.namespace());
    }

    @Override
    public Proof proof() {
        return RequestFails.to("http://" + service + ":" + arguments.number("port") + "/", EFFECT);
    }
}
