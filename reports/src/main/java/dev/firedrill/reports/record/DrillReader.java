package dev.firedrill.reports.record;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.DrillRecord.Announced;
import dev.firedrill.reports.record.DrillRecord.Figure;
import dev.firedrill.reports.record.DrillRecord.Happenings;
import dev.firedrill.reports.record.DrillRecord.Judged;
import dev.firedrill.reports.record.DrillRecord.Quantity;
import dev.firedrill.reports.record.DrillRecord.Remedy;
import dev.firedrill.reports.record.DrillRecord.Residue;
import dev.firedrill.reports.record.DrillRecord.Story;
import dev.firedrill.reports.record.RunRecord.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Folds the events of one drill. */
final class DrillReader {
    private static final int NOTES_KEPT = 500;

    private final String name;
    private final Chronology chronology;
    private final Duration from;
    private final StepReader steps = new StepReader();
    private final FaultReader faults = new FaultReader();
    private final AlertReader alerts;
    private final WorkReader work;
    private final Map<String, ProbeReader> probes = new LinkedHashMap<>();
    private final Set<String> beside = new HashSet<>();
    private final List<CanaryRecord> canaries = new ArrayList<>();
    private final List<Judged> judgements = new ArrayList<>();
    private final List<Figure> figures = new ArrayList<>();
    private final List<Note> notes = new ArrayList<>();
    private Story story = story(new Details(Map.of()));
    private Duration last;
    private boolean finished;
    private @Nullable Verdict recorded;
    private @Nullable Residue residue;
    private @Nullable PlaceboRecord placebo;

    DrillReader(String name, Duration from, Chronology chronology) {
        this.name = name;
        this.from = from;
        this.last = from;
        this.chronology = chronology;
        this.alerts = new AlertReader(chronology);
        this.work = new WorkReader(from);
    }

    void accept(TimelineEvent event) {
        Details details = Details.of(event);
        Duration at = chronology.of(event);
        last = event.received();
        switch (event.type()) {
            case EventType.DRILL_STARTED -> start(details);
            case EventType.DRILL_FINISHED -> {
                finished = true;
                recorded = Judgements.verdict(details.text("verdict"));
            }
            case EventType.STEP_STARTED -> steps.started(details, at);
            case EventType.STEP_FINISHED -> steps.finished(details, at);
            case EventType.PROBE_SAMPLE -> sample(event, details, at);
            case EventType.ALERT_RECEIVED -> alerts.accept(event);
            case EventType.CANARY ->
                canaries.add(new CanaryRecord(
                        details.text("canary"),
                        details.text("phase"),
                        details.text("stage"),
                        at,
                        details.millis("afterMs").orElse(null)));
            case EventType.EXPECTATION_JUDGED -> judgements.add(Judgements.read(details, at));
            case EventType.FIGURE -> figures.add(figure(details));
            case EventType.RESIDUE_CHECKED ->
                residue = new Residue(details.isTrue("clean"), details.texts("differences"));
            case EventType.PLACEBO_JUDGED -> placebo = PlaceboRecord.read(details);
            case EventType.NOTE -> {
                if (notes.size() < NOTES_KEPT) {
                    notes.add(new Note(at, details.text("text")));
                }
            }
            default -> {
                faultOrWork(event, at);
            }
        }
    }

    private void faultOrWork(TimelineEvent event, Duration at) {
        if (event.type().startsWith("fault.")) {
            faults.accept(event, at);
        } else if (event.type().startsWith("work.")) {
            work.accept(
                    event,
                    Details.of(event)
                            .instant("appliedAt")
                            .map(applied -> chronology.of(applied, event))
                            .orElse(at));
        }
    }

    private void start(Details details) {
        story = story(details);
        details.children("faults").forEach(faults::announce);
        beside.addAll(details.texts("beside"));
        details.children("probes").forEach(probe -> probe(probe.text("name")).announce(probe));
    }

    private static Story story(Details details) {
        Details incident = details.child("incident");
        return new Story(
                details.text("title"),
                details.text("description"),
                incident.firstText("title", "id"),
                incident.text("source"),
                incident.texts("assumptions"),
                details.children("remedies").stream().map(DrillReader::remedy).toList(),
                details.children("expectations").stream()
                        .map(each -> new Announced(each.text("id"), each.firstText("text", "name"), each.text("label")))
                        .toList());
    }

    private static Remedy remedy(Details remedy) {
        boolean on = !remedy.data().containsKey("on") || remedy.isTrue("on");
        return new Remedy(remedy.text("name"), remedy.text("title"), on);
    }

    private void sample(TimelineEvent event, Details details, Duration at) {
        if (beside.contains(details.text("probe"))) {
            return;
        }
        Duration intended = details.instant("intendedAt")
                .map(instant -> chronology.of(instant, event))
                .orElse(at);
        probe(details.text("probe")).sample(details, intended);
    }

    private ProbeReader probe(String probe) {
        return probes.computeIfAbsent(probe, unseen -> new ProbeReader(unseen, from));
    }

    private static Figure figure(Details details) {
        return new Figure(
                details.text("name"),
                details.firstText("label", "name"),
                details.text("step"),
                quantity(details, "valueMs", "value"),
                quantity(details, "recordMs", "recordValue"),
                details.millis("unscaledMs").orElse(null),
                details.text("unit"),
                details.text("note"));
    }

    private static Quantity quantity(Details details, String timeKey, String valueKey) {
        Duration time = details.millis(timeKey).orElse(null);
        Double number = details.number(valueKey).orElse(null);
        return new Quantity(time, number, number == null && time == null ? details.text(valueKey) : "");
    }

    DrillRecord result() {
        List<FaultRecord> allFaults = faults.result();
        Verdict rebuilt = Judgements.rebuilt(judgements, allFaults);
        List<String> concerns = new ArrayList<>();
        Verdict verdict = recorded == null ? rebuilt : rebuilt.and(recorded);
        if (!finished) {
            verdict = verdict.and(Verdict.INCONCLUSIVE);
            concerns.add("The journal ends before this drill does: nothing after it is known.");
        } else if (recorded != null && recorded.compareTo(rebuilt) < 0) {
            concerns.add("The journal records " + recorded + ", but its judgements say " + rebuilt + ".");
        }
        int unjudged = Judgements.unjudged(story.expected(), judgements).size();
        if (finished && unjudged > 0) {
            verdict = verdict.and(Verdict.INCONCLUSIVE);
            concerns.add(unjudged + " of " + story.expected().size() + " expectations were never judged.");
        }
        return new DrillRecord(
                name,
                story,
                from,
                last,
                finished,
                verdict,
                steps.result(),
                new Happenings(
                        allFaults,
                        alerts.result(),
                        canaries,
                        probes.values().stream().map(ProbeReader::result).toList(),
                        work.result()),
                judgements,
                figures,
                residue,
                placebo,
                notes,
                concerns);
    }
}
