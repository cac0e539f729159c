package dev.firedrill.harness.incident;

import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A past incident as data: its record, and how it is replayed. Read by {@link IncidentFile}.
 *
 * @param id its name: lower case letters, digits and dashes
 * @param title what it is called
 * @param summary a paragraph for people
 * @param source whose record it is
 * @param zone the zone of the record's times
 * @param assumptions what the record leaves open, and what was chosen
 * @param system the system that is drilled
 * @param scale how hours become seconds
 * @param cast what the steps refer to
 * @param timeline the steps, by time
 * @param figures what is measured
 */
public record Incident(
        String id,
        String title,
        String summary,
        Source source,
        ZoneId zone,
        List<Assumption> assumptions,
        String system,
        Scale scale,
        Cast cast,
        List<IncidentStep> timeline,
        List<IncidentFigure> figures) {
    /** Where the record was published: facts are taken from there, sentences are not. */
    public record Source(String publisher, String document, String note) {}

    /** Something that the record leaves open. */
    public record Assumption(String open, String chosen) {}

    public Incident {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(zone, "zone");
        Objects.requireNonNull(scale, "scale");
        Objects.requireNonNull(cast, "cast");
        assumptions = List.copyOf(assumptions);
        timeline = List.copyOf(timeline);
        figures = List.copyOf(figures);
    }

    /** The switches that can be turned on and off. */
    public Set<String> remedies() {
        return cast.remedies().keySet();
    }

    /**
     * A step by its id.
     *
     * @throws IllegalArgumentException if there is none
     */
    public IncidentStep step(String stepId) {
        return timeline.stream()
                .filter(step -> step.id().equals(stepId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("incident " + id + " has no step '" + stepId + "'"));
    }
}
