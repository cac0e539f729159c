package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.InjectionPhase;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** What a step does. A closed set: whatever a drill can do is here, so that a runner, a dry run and a report agree. */
public sealed interface Action {
    /** What kind of step this makes, for the journal: record, steady, fault, heal, act, work, observe, judge. */
    String kind();

    /** Whether it does anything to the system; what only looks, waits or judges does not. */
    default boolean stirs() {
        return switch (kind()) {
            case "record", "steady", "observe", "judge" -> false;
            default -> true;
        };
    }

    /** Nothing is done: a row of the record, shown and not judged. */
    record Narrate() implements Action {
        @Override
        public String kind() {
            return "record";
        }
    }

    /**
     * Waits until every probe has been healthy for a while; else the drill is inconclusive.
     *
     * @param lasting how long all must be healthy
     * @param within how long to wait for that
     */
    record AwaitSteady(Duration lasting, Duration within) implements Action {
        @Override
        public String kind() {
            return "steady";
        }
    }

    /**
     * Injects, plants or triggers a fault.
     *
     * @param name what later steps and moments call it; a plant and its trigger share one
     */
    record Inject(String name, Fault fault, InjectionPhase phase) implements Action {
        @Override
        public String kind() {
            return "fault";
        }
    }

    /**
     * In a placebo, stands where a fault was: nothing is changed, and the moment is kept.
     *
     * @param name what the drill calls the fault
     */
    record LeaveOut(String name, InjectionPhase phase) implements Action {
        @Override
        public String kind() {
            return "fault";
        }
    }

    /**
     * Puts back what was injected under a name, and if it was planted, pulls its triggers again so that this takes
     * effect. Whatever is still injected when a drill ends is put back then.
     */
    record Undo(String name) implements Action {
        @Override
        public String kind() {
            return "heal";
        }
    }

    /**
     * An operator changes the configuration of the system; put back when the drill ends.
     *
     * @param change what is changed, such as {@link dev.firedrill.harness.fault.configuration.ChangedSettings}
     */
    record Reconfigure(String name, Fault change) implements Action {
        @Override
        public String kind() {
            return "act";
        }
    }

    /**
     * An operator makes a request, from inside the cluster; an answer of 400 or above, or none, makes the drill
     * inconclusive.
     */
    record Request(String method, String url, Map<String, String> headers, String body) implements Action {
        public Request {
            headers = Map.copyOf(headers);
        }

        @Override
        public String kind() {
            return "act";
        }
    }

    /**
     * Somebody edits things through the system, once each.
     *
     * @param period what the edits count as: before, during or after the outage
     * @param keys the things that are edited
     */
    record Work(String period, List<String> keys) implements Action {
        public Work {
            keys = List.copyOf(keys);
        }

        @Override
        public String kind() {
            return "work";
        }
    }

    /** Time passes while the probes go on. */
    record Observe(Duration window) implements Action {
        @Override
        public String kind() {
            return "observe";
        }
    }

    /**
     * Expectations are judged, one after the other.
     *
     * @param expectations what is demanded
     */
    record Demand(List<Expectation> expectations) implements Action {
        public Demand {
            expectations = List.copyOf(expectations);
        }

        @Override
        public String kind() {
            return "judge";
        }
    }
}
