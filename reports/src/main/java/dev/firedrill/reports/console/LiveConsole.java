package dev.firedrill.reports.console;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.Details;
import dev.firedrill.reports.record.Judgements;
import dev.firedrill.reports.record.RunReader;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.Wording;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a run as it goes: one line for each event worth telling, with the incident's time and the real time, and a
 * table at the end. It only appends, so that a log of it reads as well as the terminal.
 *
 * <pre>{@code
 * LiveConsole console = new LiveConsole(System.out, ConsoleStyle.ofStandardOutput(Colour.AUTO));
 * journal.listen(console);
 * ...
 * console.summary(directory.resolve("report.html"));
 * }</pre>
 */
public final class LiveConsole implements Consumer<TimelineEvent> {
    private static final int INCIDENT_WIDTH = 12;

    private final Lines lines;
    private final RunReader reader = new RunReader();
    private final Map<String, ProbeWatch> probes = new TreeMap<>();
    private final WorkTally work = new WorkTally();
    private boolean replay;
    private String incidentTime = ""; // until it has been told

    /** Prints to a stream, which stays open. */
    public LiveConsole(PrintStream out, ConsoleStyle style) {
        this.lines = new Lines(out, style);
    }

    @Override
    public synchronized void accept(TimelineEvent event) {
        reader.accept(event);
        Details details = Details.of(event);
        switch (event.type()) {
            case EventType.RUN_STARTED -> runStarted(details);
            case EventType.DRILL_STARTED -> drillStarted(event, details);
            case EventType.DRILL_FINISHED -> tellWork(event);
            case EventType.STEP_STARTED -> stepStarted(event, details);
            case EventType.STEP_FINISHED -> stepFinished(event, details);
            case EventType.PROBE_SAMPLE ->
                probes.computeIfAbsent(ProbeWatch.name(details), unseen -> new ProbeWatch())
                        .sample(event)
                        .ifPresent(change -> tell(event, change.down() ? Symbol.DOWN : Symbol.UP, change.text()));
            case EventType.ALERT_RECEIVED -> alert(event, details);
            case EventType.CANARY -> canary(event, details);
            case EventType.EXPECTATION_JUDGED -> judged(event, details);
            case EventType.RESIDUE_CHECKED -> residue(event, details);
            case EventType.NOTE -> tell(event, Symbol.NOTE, details.text("text"));
            default -> faultOrWork(event, details);
        }
    }

    /**
     * Prints the final table of all that was told so far.
     *
     * @param reportOrNull the report to open, if one was written
     */
    public synchronized void summary(@Nullable Path reportOrNull) {
        RunRecord run = reader.result();
        new SummaryTable(lines).print(run, reportOrNull);
    }

    private void runStarted(Details details) {
        lines.line(0, details.firstText("title", "run"), Ink.BOLD);
        Details cluster = details.child("cluster");
        String facts = facts(
                "cluster", cluster.firstText("kind"),
                "Kubernetes", cluster.firstText("version", "description"),
                "scale", details.text("scale"),
                "seed", details.text("seed"));
        lines.line(0, facts, Ink.DIM);
    }

    private static String facts(String... namesAndValues) {
        List<String> parts = new java.util.ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                parts.add(namesAndValues[i] + " " + namesAndValues[i + 1]);
            }
        }
        return String.join(", ", parts);
    }

    private void drillStarted(TimelineEvent event, Details details) {
        replay = !details.child("incident").data().isEmpty();
        incidentTime = "";
        probes.clear();
        lines.blank();
        lines.rule(details.firstText("title", "name").isEmpty() ? event.drill() : details.text("title"));
        String remedies = details.children("remedies").stream()
                .filter(remedy -> !remedy.data().containsKey("on") || remedy.isTrue("on"))
                .map(remedy -> remedy.text("name"))
                .collect(Collectors.joining(", "));
        if (details.data().containsKey("remedies")) {
            lines.line(0, "remedies: " + (remedies.isEmpty() ? "none" : remedies), Ink.DIM);
        }
        String heading = (replay ? String.format(Locale.ROOT, "%" + INCIDENT_WIDTH + "s ", "incident") : "")
                + String.format(Locale.ROOT, "%9s", "real");
        lines.laidOut(Ink.DIM.paint(heading, lines.style()));
    }

    private void stepStarted(TimelineEvent event, Details details) {
        details.moment("recordAt").ifPresent(at -> incidentTime = Wording.dayAndClock(at));
        if (!"record".equals(details.text("kind"))) {
            tell(event, Symbol.STEP, details.firstText("title", "step"));
            return;
        }
        String words = Wording.attributed(details.text("who"), details.firstText("recordText", "title"));
        tell(event, Symbol.RECORD, words);
    }

    private void stepFinished(TimelineEvent event, Details details) {
        tellWork(event);
        if (!details.text("measured").isEmpty()) {
            tell(event, Symbol.NOTE, details.text("measured"));
        }
    }

    private void tellWork(TimelineEvent event) {
        work.take().ifPresent(text -> tell(event, Symbol.WORK, text));
    }

    private void alert(TimelineEvent event, Details details) {
        if (details.isTrue("canary")) {
            return;
        }
        boolean resolved = "resolved".equals(details.text("status"));
        Map<String, String> labels = details.labels("labels");
        String edge = labels.getOrDefault("edge", "");
        tell(
                event,
                resolved ? Symbol.RESOLVED : Symbol.FIRING,
                (resolved ? "resolved: " : "PAGED: ")
                        + details.text("alert")
                        + (edge.isEmpty() ? "" : " [" + edge + "]"));
    }

    private void canary(TimelineEvent event, Details details) {
        String after = details.millis("afterMs")
                .map(span -> " after " + Wording.duration(span))
                .orElse("");
        switch (details.text("stage")) {
            case "paged" -> tell(event, Symbol.PAGER, "the pager hears (canary " + details.text("phase") + ")" + after);
            case "lost" ->
                tell(event, Symbol.INCONCLUSIVE, "the pager's canary was lost: silence cannot be believed" + after);
            default -> {
                // asked and resolved are steps on the way
            }
        }
    }

    private void judged(TimelineEvent event, Details details) {
        Judgement judgement = Judgements.read(details, event.received()).judgement();
        Symbol symbol = SummaryTable.symbol(judgement.verdict());
        String close = judgement.isClose() ? ", close" : "";
        String took = judgement
                .took()
                .map(span -> " (took " + Wording.duration(span) + close + ")")
                .orElse("");
        String reason = symbol == Symbol.PASS ? "" : ": " + judgement.reason();
        tell(event, symbol, judgement.expectation() + took + reason);
    }

    private void residue(TimelineEvent event, Details details) {
        boolean clean = details.isTrue("clean");
        String text =
                clean ? "everything is put back" : "left behind: " + String.join("; ", details.texts("differences"));
        tell(event, clean ? Symbol.PASS : Symbol.FAIL, text);
    }

    private void faultOrWork(TimelineEvent event, Details details) {
        String fault = details.text("fault");
        switch (event.type()) {
            case EventType.FAULT_INJECTED ->
                tell(
                        event,
                        Symbol.FAULT,
                        switch (details.text("phase")) {
                                    case "plant" -> "planted, unseen: ";
                                    case "trigger" -> "triggered: ";
                                    default -> "injected: ";
                                }
                                + fault);
            case EventType.FAULT_PROVEN ->
                tell(event, Symbol.PROVEN, "proven: " + details.firstText("evidence", "fault"));
            case EventType.FAULT_UNPROVEN ->
                tell(event, Symbol.INCONCLUSIVE, "not proven: " + fault + ": " + details.text("reason"));
            case EventType.FAULT_UNDONE -> tell(event, Symbol.UNDONE, "undone: " + fault);
            default -> work.add(event);
        }
    }

    private void tell(TimelineEvent event, Symbol symbol, String text) {
        ConsoleStyle style = lines.style();
        String incident = replay ? String.format(Locale.ROOT, "%" + INCIDENT_WIDTH + "s ", incidentTime) : "";
        incidentTime = "";
        String real = String.format(Locale.ROOT, "%9s ", Wording.moment(event.received()));
        String head = incident + Ink.DIM.paint(real, style) + symbol.ink().paint(symbol.text(style), style) + " ";
        int width = incident.length() + real.length() + 2;
        lines.hanging(head, width, text, symbol == Symbol.STEP ? Ink.BOLD : calm(symbol));
    }

    private static Ink calm(Symbol symbol) {
        return switch (symbol) {
            case RECORD, NOTE, PAGER -> Ink.DIM;
            case FAIL, DOWN, FIRING -> symbol.ink();
            default -> Ink.PLAIN;
        };
    }
}
