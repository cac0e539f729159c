package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** When and how a CronJob runs; its schedule as far as it can be said without a calendar: five fields, or a name. */
final class ScheduleCheck {
    private static final int FIELDS = 5;
    private static final Set<String> NAMES =
            Set.of("@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly");

    private ScheduleCheck() {}

    static void check(JsonNode spec, Findings findings) {
        schedule(spec, findings);
        Checks.notNegative(findings, "spec.startingDeadlineSeconds", spec.get("startingDeadlineSeconds"));
        String zone = Json.textAt(spec, "timeZone");
        if (!zone.isEmpty() && !ZoneId.getAvailableZoneIds().contains(zone)) {
            findings.invalid("spec.timeZone", Json.string(zone), "unknown time zone " + zone);
        }
        String policy = Json.textAt(spec, "concurrencyPolicy");
        Checks.oneOf(findings, "spec.concurrencyPolicy", policy, "Allow", "Forbid", "Replace");
    }

    /** How many Jobs that have ended are kept. */
    static void history(JsonNode spec, Findings findings) {
        for (String limit : List.of("successfulJobsHistoryLimit", "failedJobsHistoryLimit")) {
            Checks.notNegative(findings, "spec." + limit, spec.get(limit));
        }
    }

    private static void schedule(JsonNode spec, Findings findings) {
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
