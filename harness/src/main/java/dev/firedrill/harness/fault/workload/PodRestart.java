package dev.firedrill.harness.fault.workload;

import dev.firedrill.harness.fault.Arguments;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.fault.ParameterType;
import dev.firedrill.harness.fault.PodDeletion.Manner;
import java.util.Map;

/** A pod is deleted and its controller replaces it: a restart of the program in it. */
public final class PodRestart {
    private static final String NAME = "pod-restart";

    /** How the catalogue has it. */
    public static final FaultKind KIND = FaultKind.named(NAME)
            .group("workload")
            .harms("A pod is deleted and its controller replaces it: a restart of the program in it.")
            .takes(Parameter.of(
                    "selector", ParameterType.labels(), "the labels of the one pod; none or several is bad input"))
            .changes("the deletion of the pod, by name and uid, with its own grace period")
            .provenBy("within 60 s the pod of that uid is gone")
            .undoneBy("nothing to do: the controller has made another. What the pod kept in an emptyDir is lost")
            .madeBy(PodRestart::made);

    private PodRestart() {}

    private static Fault made(Arguments arguments) {
        return new TakenPod(
                NAME,
                "the pod is deleted, and its program is away until its successor is ready",
                Manner.GRACEFULLY,
                arguments);
    }

    /** Restarts the one pod that carries all these labels; none or several are refused. */
    public static Fault of(Map<String, String> selector) {
        return made(KIND.check(Map.of("selector", selector)));
    }
}
