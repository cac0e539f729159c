package dev.firedrill.harness.incident;

import java.util.List;
import java.util.Optional;

/** Something that a step of a replay does. Names refer to what the incident declares; see {@link Cast}. */
public sealed interface StepAction {
    /** What is done to a fault. */
    enum FaultPhase {
        PLANT,
        TRIGGER,
        INJECT,
        UNDO
    }

    /** A fault is planted, triggered, injected or put back. */
    record Fault(FaultPhase phase, String fault) implements StepAction {}

    /**
     * People change things through the system.
     *
     * @param window what these changes count as: before, during, after
     */
    record Work(List<String> keys, String window) implements StepAction {
        public Work {
            keys = List.copyOf(keys);
        }
    }

    /** An operator changes the configuration. */
    record Apply(String change) implements StepAction {}

    /** An operator makes a request. */
    record Request(String request) implements StepAction {}

    /** Time passes, then something is demanded; either may be left out. */
    record Observe(Optional<Span> lasting, List<IncidentExpectation> expectations) implements StepAction {
        public Observe {
            expectations = List.copyOf(expectations);
        }
    }
}
