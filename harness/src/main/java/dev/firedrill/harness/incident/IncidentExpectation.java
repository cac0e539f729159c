package dev.firedrill.harness.incident;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a replay must show at a step.
 *
 * @param demanded what
 * @param since the step from which it counts; if not said, the last step that did something to a fault
 * @param condition under which remedies it is demanded
 * @param origin where the incident's file says so
 */
public record IncidentExpectation(Demanded demanded, Optional<Since> since, Condition condition, Place origin) {
    public IncidentExpectation {
        Objects.requireNonNull(demanded, "demanded");
        Objects.requireNonNull(since, "since");
        Objects.requireNonNull(condition, "condition");
        Objects.requireNonNull(origin, "origin");
    }

    /**
     * The step from which something counts.
     *
     * @param step its id
     * @param origin where the incident's file says so
     */
    public record Since(String step, Place origin) {}

    /** What can be demanded. */
    public sealed interface Demanded {}

    /** A probe of the incident stays healthy. */
    public record ProbeStaysHealthy(String probe) implements Demanded {}

    /** A probe of the incident fails all the time. */
    public record ProbeStaysFailing(String probe) implements Demanded {}

    /** A probe of the incident begins to fail in time. */
    public record ProbeFails(String probe, Span within) implements Demanded {}

    /** A probe of the incident is healthy again in time. */
    public record ProbeRecovers(String probe, Span within) implements Demanded {}

    /** An alert of the incident is delivered, with its labels, in time. */
    public record AlertFires(String alert, Span within) implements Demanded {}

    /** An alert of the incident is delivered as resolved in time. */
    public record AlertResolves(String alert, Span within) implements Demanded {}

    /** An alert of the incident is not delivered. */
    public record AlertStaysSilent(String alert) implements Demanded {}

    /** Nobody is paged, by whatever alert. */
    public record PagerSilent() implements Demanded {}

    /** Accepted changes are absent from the target all the time, or none is. */
    public record Drift(boolean some) implements Demanded {}

    /** A request of the incident names every accepted change that is absent from the target. */
    public record RequestNamesBacklog(String request) implements Demanded {}

    /**
     * The changes of some windows arrive in time.
     *
     * @param complete whether everything that must be true of delayed work is demanded, or that they arrive
     */
    public record ChangesArrive(List<String> windows, boolean complete, Span within) implements Demanded {
        public ChangesArrive {
            windows = List.copyOf(windows);
        }
    }
}
