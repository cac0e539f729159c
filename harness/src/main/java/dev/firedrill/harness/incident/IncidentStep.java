package dev.firedrill.harness.incident;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A row of an incident's timeline: what the record says, and what the replay does and looks at.
 *
 * @param id unique; figures and expectations refer to it
 * @param time when it was, by the record
 * @param title one line
 * @param record what happened, restated; shown as record, without a verdict
 * @param saw who saw what at that time; may be empty
 * @param actions what the replay does, in order; may be none
 * @param condition under which remedies the step takes place at all
 */
public record IncidentStep(
        String id,
        RecordTime time,
        String title,
        String record,
        Map<String, String> saw,
        List<StepAction> actions,
        Condition condition) {
    public IncidentStep {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(record, "record");
        saw = Collections.unmodifiableMap(new LinkedHashMap<>(saw));
        actions = List.copyOf(actions);
        Objects.requireNonNull(condition, "condition");
    }
}
