package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** When a CronJob runs, as far as it can be said without a calendar: five fields, or a known name. */
final class ScheduleCheck {
    private static final int FIELDS = 5;
    private static final Set<String> NAMES =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private ScheduleCheck() {}

    static void check(JsonNode spec, Findings findings) {
        String field = "spec.schedule";
        String schedule = Json.textAt(spec, "schedule");
        if (schedule.isEmpty()) {
            findings.required(field, "");
        } else if (schedule.startsWith("@")) {
            if (!NAMES.contains(schedule) && !schedule.startsWith("@every ")) {
                findings.invalid(field, Json.string(schedule), "unrecognized descriptor: " + schedule);
            }
        } else {
            List<String> fields = Stream.of(schedule.strip().split("\\s+"))
                    .filter(part -> !part.contains("TZ="))
                    .toList();
            if (fields.size() != FIELDS) {
                findings.invalid(
                        field,
                        Json.string(schedule),
                        "expected exactly " + FIELDS + " fields, found " + fields.size() + ": ["
                                + String.join(" ", fields) + "]");
            } else {
                ScheduleFields.problem(fields)
                        .ifPresent(problem -> findings.invalid(field, Json.string(schedule), problem));
            }
        }
    }
}
