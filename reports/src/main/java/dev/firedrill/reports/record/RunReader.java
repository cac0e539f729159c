package dev.firedrill.reports.record;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.RunRecord.Ending;
import dev.firedrill.reports.record.RunRecord.Environment;
import dev.firedrill.reports.record.RunRecord.Note;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds a run from its journal, event by event, in memory that does not grow with the number of samples.
 *
 * <pre>{@code
 * RunRecord run = RunReader.read(JournalFormat.open(directory.resolve("journal.jsonl")));
 * }</pre>
 */
public final class RunReader {
    private final Chronology chronology = new Chronology();
    private final List<DrillReader> drills = new ArrayList<>();
    private final Map<String, DrillReader> current = new LinkedHashMap<>();
    private final List<Note> notes = new ArrayList<>();
    private final PlaceboEvents placebos = new PlaceboEvents();
    private Details started = new Details(Map.of());
    private @Nullable Instant startedAt;
    private Duration last = Duration.ZERO;
    private Ending ending = Ending.CUT_OFF;
    private @Nullable Verdict recorded;
    private long events;

    /** Rebuilds a whole journal. */
    public static RunRecord read(Iterable<TimelineEvent> journal) {
        RunReader reader = new RunReader();
        journal.forEach(reader::accept);
        return reader.result();
    }

    /** Takes the next event. Types that are not known are ignored. */
    public void accept(TimelineEvent event) {
        events++;
        chronology.observe(event);
        last = event.received();
        if (placebos.has(event)) {
            return;
        }
        Details details = Details.of(event);
        switch (event.type()) {
            case EventType.RUN_STARTED -> {
                started = details;
                startedAt = details.instant("startedAt").orElse(event.at());
            }
            case EventType.RUN_FINISHED -> {
                ending = details.isTrue("interrupted") ? Ending.INTERRUPTED : Ending.FINISHED;
                recorded = Judgements.verdict(details.text("verdict"));
            }
            case EventType.DRILL_STARTED -> begin(event).accept(event);
            default -> {
                if (EventType.NOTE.equals(event.type()) && event.drill().isEmpty()) {
                    notes.add(new Note(chronology.of(event), details.text("text")));
                } else if (!betweenDrills(event)) {
                    drill(event).accept(event);
                }
            }
        }
    }

    /** What the pager and others go on telling when no drill is on says nothing about any. */
    private boolean betweenDrills(TimelineEvent event) {
        return event.drill().isEmpty()
                && !current.containsKey("")
                && !EventType.EXPECTATION_JUDGED.equals(event.type());
    }

    private DrillReader begin(TimelineEvent event) {
        DrillReader drill = new DrillReader(event.drill(), chronology.of(event), chronology);
        drills.add(drill);
        current.put(event.drill(), drill);
        return drill;
    }

    private DrillReader drill(TimelineEvent event) {
        DrillReader drill = current.get(event.drill());
        return drill == null ? begin(event) : drill;
    }

    /** What is known so far. */
    public RunRecord result() {
        List<DrillRecord> all = drills.stream().map(DrillReader::result).toList();
        List<Verdict> verdicts = new ArrayList<>();
        all.forEach(drill -> verdicts.add(drill.verdict()));
        Verdict rebuilt = Verdict.worst(verdicts);
        Verdict verdict = recorded == null ? rebuilt : rebuilt.and(recorded);
        if (ending != Ending.FINISHED) {
            verdict = verdict.and(Verdict.INCONCLUSIVE);
        }
        return new RunRecord(environment(), startedAt, last, ending, verdict, all, notes, concerns(rebuilt));
    }

    private List<String> concerns(Verdict rebuilt) {
        List<String> concerns = new ArrayList<>();
        if (events == 0) {
            concerns.add("The journal is empty: the run ended before anything was written.");
        } else if (ending == Ending.CUT_OFF) {
            concerns.add("The journal ends without the run's end: the run was killed or is still going. "
                    + "What follows is what was known by then.");
        } else if (ending == Ending.INTERRUPTED) {
            concerns.add("The run was interrupted. What follows is what was known by then.");
        }
        if (recorded != null && recorded.compareTo(rebuilt) < 0) {
            concerns.add("The journal records " + recorded + " for the run, but its drills say " + rebuilt + ".");
        }
        return concerns;
    }

    private Environment environment() {
        Details cluster = started.child("cluster");
        return new Environment(
                started.text("run"),
                started.text("title"),
                started.text("command"),
                cluster.text("kind").isEmpty() ? started.text("cluster") : cluster.text("kind"),
                cluster.firstText("version", "description"),
                cluster.text("node"),
                started.text("seed"),
                started.text("scale"),
                started.text("harnessVersion"));
    }
}
