package dev.firedrill.reports.html;

import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.DrillRecord.StepRecord;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

/** The incident's record, row by row, beside what the replay measured; for other drills, their steps. */
final class StepTable {
    private final Markup out;
    private final DrillRecord drill;

    StepTable(Markup out, DrillRecord drill) {
        this.out = out;
        this.drill = drill;
    }

    void write() {
        if (drill.steps().isEmpty()) {
            return;
        }
        boolean replay = drill.isReplay();
        out.leaf("h3", replay ? "The record beside the replay" : "Steps");
        List<String> headings = replay
                ? List.of("No.", "Record", "Replay", "What the record says", "What the replay measured")
                : List.of("No.", "At", "Step", "What was measured");
        try (Table table = new Table(out, "steps", "Numbered as in the timeline", headings)) {
            for (StepRecord step : drill.steps()) {
                row(table, step, replay);
            }
        }
    }

    private void row(Table table, StepRecord step, boolean replay) {
        table.row();
        out.leaf("td", Integer.toString(step.number()), "class", "step " + step.kind());
        OffsetDateTime recordAt = step.recordAtOrNull();
        if (replay) {
            out.leaf("td", recordAt == null ? "–" : Wording.dayAndClock(recordAt), "class", "time");
        }
        out.leaf("td", Wording.moment(step.at()), "class", "time");
        out.open("td");
        out.text(Wording.attributed(step.who(), replay && recordAt != null ? step.words() : step.title()));
        Duration skipped = step.skippedOrNull();
        if (skipped != null && !skipped.isZero()) {
            out.leaf("span", " (" + Wording.duration(skipped) + " of the record skipped)", "class", "who");
        }
        out.close("td").open("td");
        replayed(step);
        out.close("td");
        table.end();
    }

    private void replayed(StepRecord step) {
        List<Judged> judged = step.id().isEmpty()
                ? List.of()
                : drill.judgements().stream()
                        .filter(each -> each.step().equals(step.id()))
                        .toList();
        List<Figure> figures = step.id().isEmpty()
                ? List.of()
                : drill.figures().stream()
                        .filter(each -> each.step().equals(step.id()))
                        .toList();
        if (step.measured().isEmpty() && judged.isEmpty() && figures.isEmpty()) {
            Marks.chip(out, "record".equals(step.kind()) ? "record" : "no verdict");
            return;
        }
        if (!step.measured().isEmpty()) {
            out.leaf("p", step.measured());
        }
        for (Judged each : judged) {
            out.open("p", "class", "judged");
            Marks.verdict(
                    out, each.judgement().verdict(), each.judgement().verdict().name());
            out.text(" " + each.judgement().expectation()).close("p");
        }
        for (Figure figure : figures) {
            out.open("p", "class", "judged").text(figure.label() + ": ").leaf("strong", Wording.measured(figure));
            out.close("p");
        }
    }
}
