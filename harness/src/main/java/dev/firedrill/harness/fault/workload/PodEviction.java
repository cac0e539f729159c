package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.PodDeletion.Manner;
import java.util.Map;

/** A pod is evicted, as by a drained node: a PodDisruptionBudget is asked first. */
public final class PodEviction {
    private static final String NAME = "pod-eviction";

    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named(NAME)
            .group("workload")
            .harms("A pod is evicted, as by a drained node: a PodDisruptionBudget is asked first.")
            .takes(Parameter.of(
                    "selector", ParameterType.labels(), "the labels of the one pod; none or several is bad input"))
            .changes("an Eviction of the pod; a PodDisruptionBudget that refuses it is told, and nothing is injected")
            .provenBy("within 60 s the pod of that uid is gone")
            .undoneBy("nothing to do: the controller has made another. What the pod kept in an emptyDir is lost")
            .madeBy(PodEviction::made);

    private PodEviction() {}

    private static Fault made(Arguments arguments) {
        return new TakenPod(
                NAME,
                "the pod is evicted, and its program is away until its successor is ready",
                Manner.EVICTED,
                arguments);
    }

    /** Evicts the one pod that carries all these labels; none or several are refused. */
    public static Fault of(Map<String, String> selector) {
        return made(KIND.check(Map.of("selector", selector)));
    }
}
