package dev.firedrill.reports.console;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.reports.record.Details;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.Judgements;
import dev.firedrill.reports.record.PlaceboEvents;
import dev.firedrill.reports.record.RunReader;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.Wording;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Tells a run as it goes: each step with the incident's time and the real time, below it one line for each event worth
 * telling, and a table at the end. It only appends, so that a log of it reads as well as the terminal.
 *
 * <pre>{@code
 * LiveConsole console = new LiveConsole(System.out, ConsoleStyle.ofStandardOutput(Colour.AUTO));
 * journal.listen(console);
 * ...
 * console.summary(directory.resolve("report.html"));
 * }</pre>
 */
public final class LiveConsole implements Consumer<TimelineEvent> {
    private final Lines lines;
    private final Margin margin;
    private final StepTeller steps;
    private final RunReader reader = new RunReader();
    private final Map<String, ProbeWatch> probes = new TreeMap<>();
    private final Set<String> beside = new HashSet<>();
    private final WorkTally work = new WorkTally();
    private final PlaceboEvents placebos = new PlaceboEvents();
    private final Set<String> undone = new LinkedHashSet<>();
    private final Set<String> toldUndone = new LinkedHashSet<>();

    /** Prints to a stream, which stays open. */
    public LiveConsole(PrintStream out, ConsoleStyle style) {
        this.lines = new Lines(out, style);
        this.margin = new Margin(lines);
        this.steps = new StepTeller(margin);
    }

    @Override
    public synchronized void accept(TimelineEvent event) {
        reader.accept(event);
        Details details = Details.of(event);
        if (placebos.has(event)) {
            placebo(event, details);
            return;
        }
        switch (event.type()) {
            case EventType.RUN_STARTED -> runStarted(details);
            case EventType.DRILL_STARTED -> drillStarted(event, details);
            case EventType.DRILL_FINISHED -> settle(event);
            case EventType.STEP_STARTED -> steps.started(event, details);
            case EventType.STEP_FINISHED -> {
                settle(event);
                steps.finished();
            }
            case EventType.PROBE_SAMPLE ->
                probes.computeIfAbsent(ProbeWatch.name(details), unseen -> new ProbeWatch())
                        .sample(event)
                        .filter(change -> steps.begun() && !beside.contains(details.text("probe")))
                        .ifPresent(change -> tell(event, change.down() ? Symbol.DOWN : Symbol.UP, change.text()));
            case EventType.ALERT_RECEIVED -> alert(event, details);
            case EventType.CANARY -> canary(event, details);
            case EventType.EXPECTATION_JUDGED -> judged(event, details);
            case EventType.RESIDUE_CHECKED -> residue(event, details);
            case EventType.PLACEBO_JUDGED -> placeboJudged(event, details);
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
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            if (!namesAndValues[i + 1].isEmpty()) {
                parts.add(namesAndValues[i] + " " + namesAndValues[i + 1]);
            }
        }
        return String.join(", ", parts);
    }

    private void drillStarted(TimelineEvent event, Details details) {
        boolean replay = !details.child("incident").data().isEmpty();
        probes.clear();
        beside.clear();
        beside.addAll(details.texts("beside"));
        undone.clear();
        toldUndone.clear();
        lines.blank();
        lines.rule(details.firstText("title", "name").isEmpty() ? event.drill() : details.text("title"));
        String remedies = details.children("remedies").stream()
                .filter(remedy -> !remedy.data().containsKey("on") || remedy.isTrue("on"))
                .map(remedy -> remedy.firstText("title", "name"))
                .collect(Collectors.joining("; "));
        if (details.data().containsKey("remedies")) {
            lines.line(0, "remedies: " + (remedies.isEmpty() ? "none" : remedies), Ink.DIM);
        }
        margin.begin(replay);
        steps.begin(replay);
    }

    private void alert(TimelineEvent event, Details details) {
        if (details.isTrue("canary")) {
            return;
        }
        boolean resolved = "resolved".equals(details.text("status"));
        String edge = details.labels("labels").getOrDefault("edge", "");
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
        Judged judged = Judgements.read(details, event.received());
        Judgement judgement = judged.judgement();
        tellWork(event);
        String took = SummaryTable.timing(judgement);
        String reason = judged.isRed() ? ": " + judgement.reason() : "";
        tell(
                event,
                SummaryTable.symbol(judgement.verdict()),
                judged.words() + (took.isEmpty() ? "" : " (" + took + ")") + reason);
    }

    /** A placebo is told by its beginning; its verdicts are those of no drill. */
    private void placebo(TimelineEvent event, Details details) {
        if (event.type().equals(EventType.DRILL_STARTED)) {
            tell(event, Symbol.NOTE, "placebo: " + details.child("placebo").text("leaves"));
        }
    }

    /** What was run now is judged as an expectation of the drill. */
    private void placeboJudged(TimelineEvent event, Details details) {
        String state = details.text("state");
        if (!state.equals("held") && !state.equals("broken")) {
            tell(event, Symbol.NOTE, "placebo: " + details.text("reason"));
        }
    }

    private void residue(TimelineEvent event, Details details) {
        boolean clean = details.isTrue("clean");
        if (!clean) {
            tell(event, Symbol.FAIL, "left behind: " + String.join("; ", details.texts("differences")));
        }
    }

    private void faultOrWork(TimelineEvent event, Details details) {
        String fault = details.text("fault");
        switch (event.type()) {
            case EventType.FAULT_INJECTED ->
                injected(details.text("phase"), fault).ifPresent(text -> tell(event, Symbol.FAULT, text));
            case EventType.FAULT_UNPROVEN ->
                tell(event, Symbol.INCONCLUSIVE, "not proven: " + fault + ": " + details.text("reason"));
            case EventType.FAULT_EXPIRED ->
                tell(event, Symbol.INCONCLUSIVE, "ended by itself, since its time was over: " + fault);
            case EventType.FAULT_UNDONE -> {
                List<String> conflicts = details.texts("conflicts");
                if (!conflicts.isEmpty()) {
                    tell(event, Symbol.FAIL, "not put back: " + fault + ": " + String.join("; ", conflicts));
                } else if (toldUndone.add(fault)) {
                    undone.add(fault);
                }
            }
            default -> work.add(event);
        }
    }

    /** What to say of an injection; what operators change is told by their step. */
    private static Optional<String> injected(String phase, String fault) {
        return switch (phase) {
            case "plant" -> Optional.of("planted, unseen: " + fault);
            case "trigger" -> Optional.of("triggered: " + fault);
            case "operate", "settle" -> Optional.empty();
            default -> Optional.of("injected: " + fault);
        };
    }

    /** Tells what was only gathered so far. */
    private void settle(TimelineEvent event) {
        tellUndone(event);
        tellWork(event);
    }

    private void tellWork(TimelineEvent event) {
        work.take().ifPresent(text -> tell(event, Symbol.WORK, text));
    }

    private void tellUndone(TimelineEvent event) {
        if (!undone.isEmpty()) {
            String names = String.join(", ", undone);
            undone.clear();
            tell(event, Symbol.UNDONE, "put back: " + names);
        }
    }

    private void tell(TimelineEvent event, Symbol symbol, String text) {
        tellUndone(event);
        steps.tellIfOutside(event);
        margin.happening(event.received(), symbol, text, calm(symbol));
    }

    private static Ink calm(Symbol symbol) {
        return switch (symbol) {
            case NOTE, PAGER, PASS -> Ink.DIM;
            case FAIL, DOWN, FIRING -> symbol.ink();
            default -> Ink.PLAIN;
        };
    }
}
