package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import dev.firedrill.harness.cluster.embedded.apiserver.json.Json;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Events, in the form of the core group.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/apis/core/validation/events.go} (reasons and wording).
 */
final class EventCheck {
    private static final int LONGEST_WORD = 128;
    private static final int LONGEST_NOTE = 1024;
    private static final Set<String> PLACES_OF_THE_CLUSTER = Set.of("default", "kube-system");
    private static final List<String> REFERENCE =
            List.of("Kind", "Namespace", "Name", "UID", "APIVersion", "ResourceVersion", "FieldPath");

    /** What stays, in the order in which it is said; the reason is said twice. */
    private static final List<String> CONSTANT = List.of(
            "involvedObject",
            "reason",
            "message",
            "source",
            "firstTimestamp",
            "lastTimestamp",
            "count",
            "reason",
            "type",
            "eventTime",
            "action",
            "related",
            "reportingController",
            "reportingInstance");

    private final Findings findings;
    private final JsonNode event;
    private final boolean strict;

    /** @param strict whether it was sent as one of {@code events.k8s.io}, which has more rules */
    EventCheck(Findings findings, JsonNode event, boolean strict) {
        this.findings = findings;
        this.event = event;
        this.strict = strict;
    }

    /** A new one, or one that was changed. */
    void check() {
        if (text("eventTime").isEmpty()) {
            place();
        } else {
            timed();
        }
    }

    /** It lies beside what it is about; those about objects without a namespace lie in {@code default}. */
    private void place() {
        String about = about();
        if (!Json.textAt(event, "metadata", "namespace").equals(about.isEmpty() ? "default" : about)) {
            findings.invalid("involvedObject.namespace", Json.string(about), "does not match event.namespace");
        }
    }

    private void timed() {
        String namespace = Json.textAt(event, "metadata", "namespace");
        if (about().isEmpty() && !PLACES_OF_THE_CLUSTER.contains(namespace)) {
            findings.invalid("involvedObject.namespace", Json.string(""), "does not match event.namespace");
        }
        String controller = strict ? "reportingController" : "reportingComponent";
        Checks.required(findings, controller, text("reportingComponent"));
        Syntax.qualifiedName(findings, controller, text("reportingComponent"));
        for (String word : List.of("reportingInstance", "action", "reason")) {
            Checks.required(findings, word, text(word));
            atMost(word, LONGEST_WORD);
        }
        atMost("message", LONGEST_NOTE);
    }

    private void atMost(String field, int longest) {
        if (Syntax.bytes(text(field)) > longest) {
            findings.invalid(field, Json.string(""), "can have at most " + longest + " characters");
        }
    }

    /** What a new one of {@code events.k8s.io} must have besides. */
    void created() {
        Checks.required(findings, "eventTime", text("eventTime"));
        series();
        if (!Set.of("Normal", "Warning").contains(text("type"))) {
            findings.invalid("type", Json.string(""), "has invalid value: " + text("type"));
        }
        for (String former : List.of("firstTimestamp", "lastTimestamp", "count", "source")) {
            if (isSet(event.path(former))) {
                findings.invalid(former, Json.string(""), "needs to be unset");
            }
        }
    }

    /** In Go, nothing is the same as an empty text or structure, and as zero. */
    private static boolean isSet(JsonNode value) {
        if (value.isNumber()) {
            return value.longValue() != 0;
        }
        return value.isObject() ? !value.isEmpty() : !value.asString("").isEmpty();
    }

    private void series() {
        JsonNode series = event.path("series");
        if (!series.isObject()) {
            return;
        }
        if (Json.longAt(series, 0, "count") < 2) {
            findings.invalid("series.count", Json.string(""), "should be at least 2");
        }
        Checks.required(findings, "series.lastObservedTime", Json.textAt(series, "lastObservedTime"));
    }

    /** What may be changed in one of {@code events.k8s.io}: its series, and metadata. */
    void changed(JsonNode before) {
        for (String field : CONSTANT) {
            String kept = field.equals("reportingController") ? "reportingComponent" : field;
            boolean same =
                    isSet(event.path(kept)) ? event.path(kept).equals(before.path(kept)) : !isSet(before.path(kept));
            if (!same) {
                findings.invalid(field, shown(field, event.path(kept)), "field is immutable");
            }
        }
        series();
    }

    private static JsonNode shown(String field, JsonNode value) {
        if (!field.equals("involvedObject") && !field.equals("related")) {
            return value;
        }
        ObjectNode all = Json.object();
        for (String name : REFERENCE) {
            String written =
                    switch (name) {
                        case "UID" -> "uid";
                        case "APIVersion" -> "apiVersion";
                        default -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
                    };
            all.put(name, Json.textAt(value, written));
        }
        return all;
    }

    private String about() {
        return Json.textAt(event, "involvedObject", "namespace");
    }

    private String text(String field) {
        return Json.textAt(event, field);
    }
}
