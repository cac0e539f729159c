package dev.firedrill.reports.html;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.DrillRecord.Residue;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.Wording;
import java.util.List;
import java.util.Locale;

/** All that is to be said of one drill. */
final class DrillSection {
    private static final int EVIDENCE_SHOWN = 60;

    private final Markup out;
    private final RunRecord run;
    private final DrillRecord drill;
    private final int number;

    DrillSection(Markup out, RunRecord run, DrillRecord drill, int number) {
        this.out = out;
        this.run = run;
        this.drill = drill;
        this.number = number;
    }

    static String heading(DrillRecord drill) {
        return drill.heading().isEmpty() ? "The run as a whole" : drill.heading();
    }

    void write() {
        String id = "drill-" + number;
        out.open("section", "class", "drill", "id", id, "aria-labelledby", id + "-title");
        out.open("div", "class", "drill-head").leaf("h2", heading(drill), "id", id + "-title");
        Marks.verdict(out, drill.verdict(), run.headline(drill.verdict()));
        drill.placebo().ifPresent(placebo -> Marks.chip(out, placebo.state().words()));
        out.close("div");
        if (!drill.story().description().isEmpty()) {
            out.leaf("p", drill.story().description());
        }
        remedies();
        RunPage.concerns(out, drill.concerns());
        new Timeline(out, drill, id).write();
        figures();
        new StepTable(out, drill).write();
        out.leaf("h3", "Verdicts");
        expectations();
        drill.placebo().ifPresent(placebo -> new PlaceboTables(out, placebo).write());
        new HappeningTables(out, drill.happenings()).write();
        drill.residue().ifPresent(this::residue);
        RunPage.notes(out, drill.notes());
        out.close("section").newline();
    }

    private void remedies() {
        if (drill.story().remedies().isEmpty()) {
            return;
        }
        out.open("ul", "class", "switches", "aria-label", "Remedies");
        drill.story().remedies().forEach(remedy -> {
            out.open("li", "class", remedy.on() ? "on" : "off");
            out.leaf("span", remedy.on() ? "with" : "without", "class", "switch");
            out.text(" " + (remedy.title().isEmpty() ? remedy.name() : remedy.title()))
                    .close("li");
        });
        out.close("ul");
    }

    private void expectations() {
        if (drill.judgements().isEmpty() && drill.unjudged().isEmpty()) {
            out.leaf("p", "Nothing was judged.");
            return;
        }
        try (Table table = new Table(
                out,
                "verdicts",
                "Every expectation with its evidence, what is red first",
                List.of("Verdict", "At", "Expectation", "Time"))) {
            drill.judgements().stream().filter(Judged::isRed).forEach(judged -> expectation(table, judged));
            drill.judgements().stream().filter(judged -> !judged.isRed()).forEach(judged -> expectation(table, judged));
            drill.unjudged().forEach(each -> {
                table.row();
                out.open("td");
                Marks.verdict(out, Verdict.INCONCLUSIVE, "not judged");
                out.close("td").leaf("td", "").leaf("td", each.words()).leaf("td", "");
                table.end();
            });
        }
    }

    private void expectation(Table table, Judged judged) {
        Judgement judgement = judged.judgement();
        table.row();
        out.open("td");
        Marks.verdict(out, judgement.verdict(), judgement.verdict().name());
        out.close("td").leaf("td", when(judged), "class", "time");
        out.open("td").leaf("strong", judged.words()).text(" ");
        Marks.chip(out, judgement.kind().name().toLowerCase(Locale.ROOT));
        grounds(judged);
        out.close("td").open("td", "class", "margin");
        new MarginBar(out).write(judgement);
        out.close("td");
        table.end();
    }

    /** The time in the record of the row that it belongs to. */
    private String when(Judged judged) {
        return drill.rows().stream()
                .filter(row -> row.judged().contains(judged))
                .map(row -> row.head().recordAtOrNull() == null ? "" : Wording.recorded(row.head()))
                .findFirst()
                .orElse("");
    }

    /** Why: the reason, the exact words and the evidence, below a fold unless it is red. */
    private void grounds(Judged judged) {
        Judgement judgement = judged.judgement();
        List<String> evidence = judgement.evidence();
        boolean exact = !judged.words().equals(judgement.expectation());
        if (judgement.reason().isEmpty() && evidence.isEmpty() && !exact) {
            return;
        }
        out.open("details", "open", judged.isRed() ? "open" : "");
        out.leaf("summary", evidence.isEmpty() ? "why" : "why, with evidence");
        if (!judgement.reason().isEmpty()) {
            out.leaf("p", judgement.reason(), "class", "reason");
        }
        if (exact) {
            out.leaf("p", "Exactly: " + judgement.expectation(), "class", "reason");
        }
        out.open("ul");
        evidence.stream().limit(EVIDENCE_SHOWN).forEach(line -> out.leaf("li", line));
        if (evidence.size() > EVIDENCE_SHOWN) {
            out.leaf("li", "and " + Wording.count(evidence.size() - EVIDENCE_SHOWN, "more line") + ", in run.json");
        }
        out.close("ul").close("details");
    }

    private void figures() {
        if (drill.figures().isEmpty()) {
            return;
        }
        out.leaf("h3", "Figures");
        try (Table table = new Table(
                out,
                "figures",
                "The record beside the replay; " + Wording.UNSCALED,
                List.of("Figure", "#Record", "#Replay", "#Unscaled", "Note"))) {
            for (Figure figure : drill.figures()) {
                table.row(figure.label())
                        .number(Wording.quantity(figure.record(), figure.unit()))
                        .number(Wording.measured(figure))
                        .number(Wording.durationOrDash(figure.unscaledOrNull()))
                        .cell(figure.note())
                        .end();
            }
        }
    }

    private void residue(Residue residue) {
        out.leaf("h3", "What was left behind");
        if (residue.clean()) {
            out.leaf("p", "Nothing: the state after the drill is the state before it.");
            return;
        }
        out.open("ul", "class", "concern");
        residue.differences().forEach(difference -> out.leaf("li", difference));
        out.close("ul");
    }
}
