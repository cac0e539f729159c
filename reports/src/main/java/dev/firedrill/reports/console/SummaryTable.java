package dev.firedrill.reports.console;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.RemedyComparison;
import dev.firedrill.reports.wording.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The table at the end of a run: expectations, figures, remedies, the verdict and where to read on. */
final class SummaryTable {
    private final Lines lines;
    private final Columns columns;

    SummaryTable(Lines lines) {
        this.lines = lines;
        this.columns = new Columns(lines);
    }

    void print(RunRecord run, @Nullable Path reportOrNull) {
        for (DrillRecord drill : run.drills()) {
            lines.blank();
            lines.rule((drill.heading().isEmpty() ? "the run as a whole" : drill.heading()) + ": "
                    + run.headline(drill.verdict()));
            drill.judgements().forEach(this::judgement);
            drill.unjudged()
                    .forEach(each ->
                            lines.hanging(mark(Symbol.INCONCLUSIVE), 4, each.text() + " (never judged)", Ink.PLAIN));
            figures(drill);
            drill.concerns().forEach(concern -> lines.hanging(mark(Symbol.INCONCLUSIVE), 4, concern, Ink.YELLOW));
        }
        RemedyComparison.of(run).ifPresent(this::remedies);
        lines.blank();
        run.concerns().forEach(concern -> lines.hanging(mark(Symbol.INCONCLUSIVE), 4, concern, Ink.YELLOW));
        verdict(run);
        if (reportOrNull != null) {
            lines.laidOut("report: " + reportOrNull);
        }
    }

    static Symbol symbol(Verdict verdict) {
        return switch (verdict) {
            case PASS -> Symbol.PASS;
            case FAIL -> Symbol.FAIL;
            case INCONCLUSIVE -> Symbol.INCONCLUSIVE;
        };
    }

    private void judgement(Judged judged) {
        Judgement judgement = judged.judgement();
        String timing = timing(judgement);
        Symbol symbol = symbol(judgement.verdict());
        int room = lines.style().width() - 6 - Math.max(timing.length(), 1);
        List<String> parts = Lines.wrap(lines.plain(judgement.expectation()), Math.max(24, room));
        for (int i = 0; i < parts.size(); i++) {
            String padded =
                    i == 0 ? String.format(Locale.ROOT, "%-" + Math.max(24, room) + "s", parts.get(i)) : parts.get(i);
            String tail =
                    i == 0 ? "  " + (judgement.isClose() ? Ink.YELLOW : Ink.DIM).paint(timing, lines.style()) : "";
            lines.laidOut((i == 0 ? mark(symbol) : "    ") + padded + tail);
        }
        if (judgement.verdict() != Verdict.PASS) {
            lines.hanging("      ", 6, judgement.reason(), Ink.PLAIN);
        }
    }

    private static String timing(Judgement judgement) {
        if (judgement.deadlineOrNull() == null) {
            return "";
        }
        String took = judgement.took().map(Wording::duration).orElse("never");
        String margin =
                judgement.margin().map(share -> ", " + Wording.left(share)).orElse("");
        return took + " of " + Wording.durationOrDash(judgement.deadlineOrNull()) + margin
                + (judgement.isClose() ? ", CLOSE" : "");
    }

    private void figures(DrillRecord drill) {
        if (drill.figures().isEmpty()) {
            return;
        }
        lines.blank();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("figure", "record", "replay", "unscaled"));
        for (Figure figure : drill.figures()) {
            rows.add(List.of(
                    figure.label(),
                    Wording.quantity(figure.record(), figure.unit()),
                    Wording.measured(figure),
                    Wording.durationOrDash(figure.unscaledOrNull())));
        }
        columns.print(rows);
    }

    private void remedies(RemedyComparison comparison) {
        lines.blank();
        lines.rule("Remedies compared");
        columns.print(comparison.table().stream()
                .map(row -> row.stream().map(RemedyComparison.Cell::text).toList())
                .toList());
    }

    private void verdict(RunRecord run) {
        Ink ink = symbol(run.verdict()).ink();
        String tally = Wording.count(run.count(judgement -> true), "expectation") + " in "
                + Wording.count(run.drills().size(), "drill") + ", "
                + run.count(Verdict.PASS) + " passed, "
                + run.count(Verdict.FAIL) + " failed, "
                + run.count(Verdict.INCONCLUSIVE) + " inconclusive, "
                + run.count(Judgement::isClose) + " close; " + Wording.duration(run.length());
        lines.laidOut(ink.paint(run.headline(), lines.style()));
        lines.line(0, tally, Ink.DIM);
    }

    private String mark(Symbol symbol) {
        return "  " + symbol.ink().paint(symbol.text(lines.style()), lines.style()) + " ";
    }
}
