package dev.firedrill.reports.html;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.DrillRecord.StepRecord;
import dev.firedrill.reports.record.Row;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.util.List;

/** The incident's record, row by row, beside what the replay measured; for other drills, their steps. */
final class StepTable {
    private final Markup out;
    private final DrillRecord drill;
    private final boolean replay;

    StepTable(Markup out, DrillRecord drill) {
        this.out = out;
        this.drill = drill;
        this.replay = drill.isReplay();
    }

    void write() {
        if (drill.steps().isEmpty()) {
            return;
        }
        out.leaf("h3", replay ? "The record beside the replay" : "Steps");
        List<String> headings = replay
                ? List.of("No.", "Record", "Replay", "What the record says", "What the replay measured")
                : List.of("No.", "At", "Step", "What was measured");
        try (Table table = new Table(out, "steps", "Numbered as in the timeline", headings)) {
            drill.rows().forEach(row -> row(table, row));
        }
    }

    private void row(Table table, Row row) {
        table.row();
        StepRecord step = row.head();
        out.leaf("td", row.number() == 0 ? "" : Integer.toString(row.number()), "class", "step " + step.kind());
        if (replay) {
            out.open("td", "class", "time").text(Wording.recorded(step));
            if (step.assumed()) {
                out.text(" ").leaf("span", "assumed", "class", "who");
            }
            out.close("td");
        }
        out.leaf("td", Wording.moment(step.at()), "class", "time");
        out.open("td");
        told(step);
        out.close("td").open("td");
        replayed(row);
        out.close("td");
        table.end();
    }

    private void told(StepRecord step) {
        if (step.recordText().isEmpty()) {
            out.text(step.title());
        } else {
            out.leaf("strong", step.title()).leaf("p", step.recordText());
        }
        if (!step.who().isEmpty()) {
            out.leaf("p", "Seen by " + step.who(), "class", "who");
        }
        Duration skipped = step.skippedOrNull();
        if (skipped != null && !skipped.isZero()) {
            out.leaf("p", Wording.duration(skipped) + " of the record skipped", "class", "who");
        }
    }

    private void replayed(Row row) {
        List<String> measured = row.measured();
        if (measured.isEmpty() && row.judged().isEmpty() && row.figures().isEmpty()) {
            Marks.chip(out, row.isRecited() ? "record" : "no verdict");
            return;
        }
        measured.forEach(text -> out.leaf("p", text));
        for (Judged each : row.judged()) {
            Judgement judgement = each.judgement();
            out.open("p", "class", "judged");
            Marks.verdict(out, judgement.verdict(), judgement.verdict().name());
            out.text(" " + each.words());
            judgement.took().ifPresent(took -> out.text(" ")
                    .leaf("span", "after " + Wording.duration(took), "class", "who"));
            out.close("p");
        }
        for (Figure figure : row.figures()) {
            out.open("p", "class", "judged").text(figure.label() + ": ").leaf("strong", Wording.measured(figure));
            out.close("p");
        }
    }
}
