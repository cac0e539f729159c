package dev.firedrill.reports.console;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Announced;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.Row;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.RemedyComparison;
import dev.firedrill.reports.wording.Wording;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The table at the end of a run: expectations by step, figures, remedies, the verdict and where to read on. */
final class SummaryTable {
    private static final int NARROWEST = 24;
    private static final int TIMING = 34;
    private static final int NAMED = 5;

    private final Lines lines;
    private final Columns columns;

    SummaryTable(Lines lines) {
        this.lines = lines;
        this.columns = new Columns(lines);
    }

    void print(RunRecord run, @Nullable Path reportOrNull) {
        Optional<RemedyComparison> comparison = RemedyComparison.of(run);
        for (DrillRecord drill : run.drills()) {
            lines.blank();
            lines.rule((drill.heading().isEmpty() ? "the run as a whole" : drill.heading()) + ": "
                    + run.headline(drill.verdict()));
            drill.placebo()
                    .ifPresent(placebo -> lines.line(2, placebo.state().words() + ": " + placebo.reason(), Ink.DIM));
            drill.judgements().stream().filter(Judged::isRed).forEach(judged -> red(drill, judged));
            drill.rows().forEach(row -> group(title(row), row.judged()));
            group("Before and after", drill.withoutStep());
            unjudged(drill.unjudged());
            if (comparison.isEmpty()) {
                figures(drill);
            }
            drill.concerns().forEach(concern -> lines.hanging(mark(Symbol.INCONCLUSIVE), 4, concern, Ink.YELLOW));
        }
        comparison.ifPresent(this::remedies);
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

    /** What the deadline was and what was left of it: {@code 163 ms of 2 s, 92 % left}; empty without one. */
    static String timing(Judgement judgement) {
        if (judgement.deadlineOrNull() == null) {
            return "";
        }
        String took = judgement.took().map(Wording::duration).orElse("never");
        String margin =
                judgement.margin().map(share -> ", " + Wording.left(share)).orElse("");
        return took + " of " + Wording.durationOrDash(judgement.deadlineOrNull()) + margin
                + (judgement.isClose() ? ", CLOSE" : "");
    }

    private static String title(Row row) {
        String at = Wording.recorded(row.head());
        return (at.isEmpty() ? "" : at + "  ") + row.head().title();
    }

    /** What is red, above everything, with its reason. */
    private void red(DrillRecord drill, Judged judged) {
        line(judged);
        drill.rows().stream()
                .filter(row -> row.judged().contains(judged))
                .findFirst()
                .ifPresent(row -> lines.line(6, "at " + title(row), Ink.DIM));
        lines.line(6, judged.judgement().reason(), Ink.PLAIN);
        if (!judged.label().isEmpty()) {
            lines.line(6, "exactly: " + judged.judgement().expectation(), Ink.DIM);
        }
    }

    /** Some by name, many by their number: a run that was cut off leaves most of them. */
    private void unjudged(List<Announced> unjudged) {
        if (unjudged.size() > NAMED) {
            String text = Wording.count(unjudged.size(), "expectation") + " never judged; the report names them";
            lines.hanging(mark(Symbol.INCONCLUSIVE), 4, text, Ink.PLAIN);
            return;
        }
        unjudged.forEach(
                each -> lines.hanging(mark(Symbol.INCONCLUSIVE), 4, each.words() + " (never judged)", Ink.PLAIN));
    }

    private void group(String title, List<Judged> judged) {
        List<Judged> passed = judged.stream().filter(each -> !each.isRed()).toList();
        if (!passed.isEmpty()) {
            lines.line(2, title, Ink.DIM);
            passed.forEach(this::line);
        }
    }

    private void line(Judged judged) {
        String timing = timing(judged.judgement());
        int room = Math.max(NARROWEST, lines.style().width() - 6 - TIMING);
        List<String> parts = Lines.wrap(lines.plain(judged.words()), room);
        Ink ink = judged.judgement().isClose() ? Ink.YELLOW : Ink.DIM;
        for (int i = 0; i < parts.size(); i++) {
            boolean last = i == parts.size() - 1;
            String text = last && !timing.isEmpty()
                    ? String.format(Locale.ROOT, "%-" + room + "s  ", parts.get(i)) + ink.paint(timing, lines.style())
                    : parts.get(i);
            lines.laidOut((i == 0 ? mark(symbol(judged.judgement().verdict())) : "    ") + text);
        }
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
        lines.line(4, Wording.UNSCALED, Ink.DIM);
    }

    private void remedies(RemedyComparison comparison) {
        lines.blank();
        lines.rule("Remedies compared");
        List<List<String>> rows = new ArrayList<>();
        for (List<RemedyComparison.Cell> row : comparison.table()) {
            rows.add(row.stream().map(RemedyComparison.Cell::text).toList());
            if (row.stream().anyMatch(cell -> !cell.unscaled().isEmpty())) {
                List<String> unscaled = new ArrayList<>(
                        row.stream().map(RemedyComparison.Cell::unscaled).toList());
                unscaled.set(0, "  unscaled");
                rows.add(unscaled);
            }
        }
        columns.print(rows);
        lines.line(4, Wording.UNSCALED, Ink.DIM);
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
