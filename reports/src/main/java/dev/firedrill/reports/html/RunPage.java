package dev.firedrill.reports.html;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.record.RunRecord.Environment;
import dev.firedrill.reports.record.RunRecord.Note;
import dev.firedrill.reports.wording.RemedyComparison;
import dev.firedrill.reports.wording.RemedyComparison.Cell;
import dev.firedrill.reports.wording.Wording;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The page of a run: the verdict, what was rehearsed, the drills, and where it ran. */
final class RunPage {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private final Markup out;
    private final RunRecord run;
    private final Attachments attachments;

    RunPage(Markup out, RunRecord run, Attachments attachments) {
        this.out = out;
        this.run = run;
        this.attachments = attachments;
    }

    static String title(RunRecord run) {
        Environment environment = run.environment();
        return Stream.of(environment.title(), environment.run())
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("A run without a name");
    }

    void write() {
        out.open("body")
                .leaf("a", "Skip to the drills", "class", "skip", "href", "#drills")
                .newline();
        header();
        out.open("main");
        concerns(out, run.concerns());
        red();
        rehearsed();
        RemedyComparison.of(run).ifPresent(this::remedies);
        contents();
        out.open("div", "id", "drills");
        for (int i = 0; i < run.drills().size(); i++) {
            new DrillSection(out, run, run.drills().get(i), i + 1).write();
        }
        out.close("div");
        environment();
        files();
        out.close("main").newline();
        out.open("footer")
                .leaf(
                        "p",
                        "Rebuilt from the journal of the run alone. What is marked “record” was recited from "
                                + "the incident's record and has no verdict; only what was measured has one.");
        out.close("footer").close("body");
    }

    private void header() {
        out.open("header", "class", "top " + Marks.style(run.verdict()));
        out.leaf("p", "Firedrill · report of a rehearsed outage", "class", "kicker");
        out.leaf("h1", title(run));
        out.open("p", "class", "headline");
        Marks.verdict(out, run.verdict(), run.headline());
        out.close("p").leaf("p", summary(), "class", "summary").close("header").newline();
    }

    private String summary() {
        long all = run.count(judgement -> true);
        StringBuilder text = new StringBuilder(Wording.count(run.drills().size(), "drill"));
        if (all == 0) {
            text.append(", nothing was judged");
        } else {
            text.append(", ").append(Wording.count(all, "expectation")).append(": ");
            text.append(run.count(Verdict.PASS)).append(" passed");
        }
        append(text, run.count(Verdict.FAIL), "failed");
        append(text, run.count(Verdict.INCONCLUSIVE), "inconclusive");
        append(text, run.count(Judgement::isClose), "with a close margin");
        text.append(". ");
        Instant started = run.startedOrNull();
        if (started != null) {
            text.append(DAY.format(started)).append(", ");
        }
        return text.append("took ")
                .append(Wording.duration(run.length()))
                .append('.')
                .toString();
    }

    private static void append(StringBuilder text, long number, String words) {
        if (number > 0) {
            text.append(", ").append(number).append(' ').append(words);
        }
    }

    /** What the reader must know before believing anything else. */
    static void concerns(Markup out, List<String> concerns) {
        if (concerns.isEmpty()) {
            return;
        }
        out.open("div", "class", "concern", "role", "note");
        concerns.forEach(concern -> out.leaf("p", concern));
        out.close("div");
    }

    /** What is red, and why, before all else. */
    private void red() {
        if (run.count(judgement -> judgement.verdict() != Verdict.PASS) == 0) {
            return;
        }
        out.open("section").leaf("h2", "What went wrong").open("ul", "class", "red");
        for (int i = 0; i < run.drills().size(); i++) {
            DrillRecord drill = run.drills().get(i);
            for (Judged judged : drill.judgements()) {
                if (judged.judgement().verdict() != Verdict.PASS) {
                    red(judged, drill, "#drill-" + (i + 1));
                }
            }
        }
        out.close("ul").close("section").newline();
    }

    private void red(Judged judged, DrillRecord drill, String anchor) {
        Judgement judgement = judged.judgement();
        out.open("li");
        Marks.verdict(out, judgement.verdict(), judgement.verdict().name());
        out.open("div").leaf("strong", judged.words()).text(" in ");
        out.leaf("a", DrillSection.heading(drill), "href", anchor);
        out.leaf("p", judgement.reason(), "class", "reason").close("div").close("li");
    }

    private void rehearsed() {
        run.drills().stream()
                .map(DrillRecord::story)
                .filter(story -> !story.incident().isEmpty())
                .findFirst()
                .ifPresent(story -> {
                    out.open("section").leaf("h2", "What was rehearsed");
                    out.open("p")
                            .text("A past incident, replayed: ")
                            .open("strong")
                            .text(story.incident());
                    out.close("strong").text(". ").text(story.description()).close("p");
                    source(story.source());
                    assumptions(story.assumptions());
                    out.close("section").newline();
                });
    }

    private void source(String source) {
        if (source.isEmpty()) {
            return;
        }
        out.open("p").text("The record: ");
        if (source.startsWith("https://") || source.startsWith("http://")) {
            out.leaf("a", source, "href", source, "rel", "noreferrer noopener");
        } else {
            out.text(source);
        }
        out.close("p");
    }

    private void assumptions(List<String> assumptions) {
        if (assumptions.isEmpty()) {
            return;
        }
        out.open("details").leaf("summary", "What the record leaves open, and this replay assumed");
        out.open("ul");
        assumptions.forEach(assumption -> out.leaf("li", assumption));
        out.close("ul").close("details");
    }

    private void remedies(RemedyComparison comparison) {
        out.open("section").leaf("h2", "What the remedies change");
        List<List<Cell>> rows = comparison.table();
        List<String> headings = Stream.concat(
                        Stream.of("Remedies in place"),
                        rows.get(0).stream().skip(1).map(cell -> "#" + cell.text()))
                .toList();
        try (Table table =
                new Table(out, "remedies", "The same incident, figure by figure; " + Wording.UNSCALED, headings)) {
            for (List<Cell> row : rows.subList(1, rows.size())) {
                table.row(row.get(0).text());
                row.stream().skip(1).forEach(this::cell);
                table.end();
            }
        }
        out.close("section").newline();
    }

    private void cell(Cell cell) {
        out.open("td", "class", "number").text(cell.text());
        if (!cell.unscaled().isEmpty()) {
            out.text(" ").leaf("span", cell.unscaled() + " unscaled", "class", "unscaled");
        }
        out.close("td");
    }

    private void contents() {
        if (run.drills().size() < 2) {
            return;
        }
        out.open("nav", "aria-label", "Drills").open("ol", "class", "contents");
        for (int i = 0; i < run.drills().size(); i++) {
            DrillRecord drill = run.drills().get(i);
            out.open("li")
                    .open("a", "href", "#drill-" + (i + 1))
                    .text(DrillSection.heading(drill))
                    .close("a");
            Marks.verdict(out, drill.verdict(), run.headline(drill.verdict()));
            out.close("li");
        }
        out.close("ol").close("nav");
    }

    private void environment() {
        Environment environment = run.environment();
        out.open("section").leaf("h2", "Where and how it ran").open("dl", "class", "facts");
        fact("Cluster", environment.clusterKind());
        fact("Kubernetes", environment.clusterVersion());
        fact("Node", environment.node());
        fact("Seed", environment.seed());
        fact("Scale", environment.scale());
        fact("Firedrill", environment.harnessVersion());
        fact("Command", environment.command());
        fact("Run", environment.run());
        out.close("dl");
        notes(out, run.notes());
        out.close("section").newline();
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            out.open("div").leaf("dt", name).leaf("dd", value).close("div");
        }
    }

    static void notes(Markup out, List<Note> notes) {
        if (notes.isEmpty()) {
            return;
        }
        out.open("details")
                .leaf("summary", Wording.count(notes.size(), "note") + " from the run")
                .open("ul");
        for (Note note : notes) {
            out.open("li")
                    .leaf("span", Wording.moment(note.at()), "class", "time")
                    .text(" " + note.text());
            out.close("li");
        }
        out.close("ul").close("details");
    }

    private void files() {
        if (attachments.paths().isEmpty()) {
            return;
        }
        out.open("section").leaf("h2", "Files of this run").open("ul", "class", "files");
        for (String path : attachments.paths()) {
            out.open("li").leaf("a", path, "href", encoded(path)).close("li");
        }
        out.close("ul");
        if (attachments.more() > 0) {
            out.leaf("p", "and " + Wording.count(attachments.more(), "more file"));
        }
        out.close("section").newline();
    }

    private static String encoded(String path) {
        StringBuilder result = new StringBuilder("./");
        for (byte each : path.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            boolean plain = each > 0 && (Character.isLetterOrDigit(each) || "/-_.".indexOf(each) >= 0);
            result.append(plain ? String.valueOf((char) each) : String.format(Locale.ROOT, "%%%02X", each));
        }
        return result.toString();
    }
}
