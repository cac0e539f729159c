package dev.firedrill.reports.json;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.DrillRecord.Quantity;
import dev.firedrill.reports.record.DrillRecord.StepRecord;
import dev.firedrill.reports.record.PlaceboRecord;
import dev.firedrill.reports.record.RunRecord.Note;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of the run record that tells of one drill. */
final class DrillJson {
    private DrillJson() {}

    static Map<String, Object> drill(DrillRecord drill) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", drill.name());
        json.put("title", drill.story().title());
        json.put("description", drill.story().description());
        json.put("verdict", drill.verdict().name());
        json.put("finished", drill.finished());
        json.put("fromMs", millis(drill.from()));
        json.put("toMs", millis(drill.to()));
        json.put(
                "incident",
                map("title", drill.story().incident(), "source", drill.story().source()));
        json.put("assumptions", drill.story().assumptions());
        json.put(
                "remedies",
                drill.story().remedies().stream()
                        .map(each -> map("name", each.name(), "title", each.title(), "on", each.on()))
                        .toList());
        json.put(
                "expectations",
                drill.judgements().stream().map(DrillJson::judged).toList());
        json.put(
                "unjudged",
                drill.unjudged().stream()
                        .map(each -> map("expectation", each.id(), "text", each.text(), "label", each.label()))
                        .toList());
        json.put("figures", drill.figures().stream().map(DrillJson::figure).toList());
        json.put("steps", drill.steps().stream().map(DrillJson::step).toList());
        json.putAll(HappeningsJson.of(drill.happenings()));
        json.put(
                "residue",
                drill.residue()
                        .map(residue -> map("clean", residue.clean(), "differences", residue.differences()))
                        .orElse(null));
        json.put("placebo", drill.placebo().map(DrillJson::placebo).orElse(null));
        json.put("notes", drill.notes().stream().map(DrillJson::note).toList());
        json.put("concerns", drill.concerns());
        return json;
    }

    private static Map<String, Object> judged(Judged judged) {
        Judgement judgement = judged.judgement();
        return map(
                "expectation", judged.id(),
                "text", judgement.expectation(),
                "label", judged.label(),
                "kind", judgement.kind().name().toLowerCase(Locale.ROOT),
                "verdict", judgement.verdict().name(),
                "reason", judgement.reason(),
                "evidence", judgement.evidence(),
                "deadlineMs", millis(judgement.deadlineOrNull()),
                "tookMs", millis(judgement.tookOrNull()),
                "margin", judgement.margin().orElse(null),
                "close", judgement.isClose(),
                "step", judged.step(),
                "atMs", millis(judged.at()));
    }

    private static Map<String, Object> figure(Figure figure) {
        return map(
                "name", figure.name(),
                "label", figure.label(),
                "unit", figure.unit(),
                "replay", quantity(figure.value()),
                "record", quantity(figure.record()),
                "unscaledMs", millis(figure.unscaledOrNull()),
                "note", figure.note(),
                "step", figure.step());
    }

    private static @Nullable Map<String, Object> quantity(Quantity quantity) {
        if (!quantity.isPresent()) {
            return null;
        }
        Duration time = quantity.timeOrNull();
        Double number = quantity.numberOrNull();
        return time != null
                ? map("ms", millis(time))
                : number != null ? map("number", number) : map("text", quantity.text());
    }

    private static Map<String, Object> step(StepRecord step) {
        OffsetDateTime recordAt = step.recordAtOrNull();
        OffsetDateTime recordUntil = step.recordUntilOrNull();
        return map(
                "step", step.id(),
                "title", step.title(),
                "kind", step.kind(),
                "atMs", millis(step.at()),
                "tookMs", millis(step.tookOrNull()),
                "recordAt", recordAt == null ? null : recordAt.toString(),
                "recordUntil", recordUntil == null ? null : recordUntil.toString(),
                "recordAssumed", step.assumed(),
                "recordText", step.recordText(),
                "who", step.who(),
                "measured", step.measured(),
                "skippedMs", millis(step.skippedOrNull()));
    }

    private static Map<String, Object> placebo(PlaceboRecord placebo) {
        return map(
                "state", placebo.state().name(),
                "reason", placebo.reason(),
                "fingerprint", placebo.fingerprint(),
                "tookMs", millis(placebo.tookOrNull()),
                "runs",
                        placebo.runs().stream()
                                .map(run -> map(
                                        "leaves",
                                        run.leaves(),
                                        "expectations",
                                        run.expectations().stream()
                                                .map(DrillJson::withoutFault)
                                                .toList()))
                                .toList());
    }

    private static Map<String, Object> withoutFault(PlaceboRecord.Expected expected) {
        return map(
                "text", expected.text(),
                "kind", expected.kind().name().toLowerCase(Locale.ROOT),
                "verdict", expected.verdict().name(),
                "reason", expected.reason(),
                "held", expected.held());
    }

    static Map<String, Object> note(Note note) {
        return map("atMs", millis(note.at()), "text", note.text());
    }

    /** Milliseconds with their microseconds; null for null. */
    static @Nullable Double millis(@Nullable Duration span) {
        return span == null ? null : Math.round(span.toNanos() / 1e3) / 1e3;
    }

    /** An ordered map of alternating keys and values, which may be null. */
    static Map<String, Object> map(@Nullable Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put(String.valueOf(keysAndValues[i]), keysAndValues[i + 1]);
        }
        return map;
    }
}
