package dev.firedrill.reports.record;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.reports.record.RunRecord.Note;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A drill, rebuilt from the journal. Moments are measured from the start of the run.
 *
 * @param name its name in the journal
 * @param story what it is about, for people
 * @param from when it began
 * @param to when it ended, or the last event if it did not
 * @param finished whether its end is in the journal
 * @param verdict the worst of what was recorded and what the judgements say
 * @param steps what was done, and what the incident's record says, in order
 * @param happenings what was observed
 * @param judgements one for each expectation that was judged, in order
 * @param figures in order
 * @param residueOrNull whether everything was put back, if that was checked
 * @param placeboOrNull what became of it without its faults, if the journal says so
 * @param notes what was told
 * @param concerns what is wrong with this part of the journal
 */
public record DrillRecord(
        String name,
        Story story,
        Duration from,
        Duration to,
        boolean finished,
        Verdict verdict,
        List<StepRecord> steps,
        Happenings happenings,
        List<Judged> judgements,
        List<Figure> figures,
        @Nullable Residue residueOrNull,
        @Nullable PlaceboRecord placeboOrNull,
        List<Note> notes,
        List<String> concerns) {
    public DrillRecord {
        steps = List.copyOf(steps);
        judgements = List.copyOf(judgements);
        figures = List.copyOf(figures);
        notes = List.copyOf(notes);
        concerns = List.copyOf(concerns);
    }

    /**
     * What a drill is about.
     *
     * @param incident the title of the past incident that it replays, or empty
     * @param source where that incident was told, or empty
     * @param expected the expectations that were announced, in order
     */
    public record Story(
            String title,
            String description,
            String incident,
            String source,
            List<String> assumptions,
            List<Remedy> remedies,
            List<Announced> expected) {
        public Story {
            assumptions = List.copyOf(assumptions);
            remedies = List.copyOf(remedies);
            expected = List.copyOf(expected);
        }

        /** The remedies that are in place, for a heading: {@code "none"}, {@code "internal-monitor, backlog-alert"}. */
        public String remediesInPlace() {
            List<String> on =
                    remedies.stream().filter(Remedy::on).map(Remedy::name).toList();
            return on.isEmpty() ? "none" : String.join(", ", on);
        }
    }

    /** A remedy that can be switched on and off. */
    public record Remedy(String name, String title, boolean on) {}

    /** An expectation, as announced at the drill's start. */
    public record Announced(String id, String text, String label) {
        /** The short sentence, else the exact one. */
        public String words() {
            return label.isEmpty() ? text : label;
        }
    }

    /**
     * A step of the drill, and perhaps a row of an incident's record.
     *
     * @param kind record, act, fault, work, observe, judge, steady or heal
     * @param tookOrNull how long it took, if it ended
     * @param recordAtOrNull when it happened in the record
     * @param recordUntilOrNull when it ended in the record, if it lasted
     * @param assumed whether the record is silent about the time and it was chosen
     * @param recordText the record's words, or empty
     * @param who who did or saw it, or empty
     * @param measured what the replay saw, or empty
     * @param skippedOrNull the record time that was left out
     */
    public record StepRecord(
            String id,
            String title,
            String kind,
            Duration at,
            @Nullable Duration tookOrNull,
            @Nullable OffsetDateTime recordAtOrNull,
            @Nullable OffsetDateTime recordUntilOrNull,
            boolean assumed,
            String recordText,
            String who,
            String measured,
            @Nullable Duration skippedOrNull) {
        /** Whether it is a part of another: what is done and judged for a row of the record. */
        boolean isPartOf(StepRecord other) {
            return !other.id().isEmpty() && id.startsWith(other.id() + ".");
        }
    }

    /** What was observed while the drill ran. */
    public record Happenings(
            List<FaultRecord> faults,
            List<AlertRecord> alerts,
            List<CanaryRecord> canaries,
            List<ProbeRecord> probes,
            WorkRecord work) {
        public Happenings {
            faults = List.copyOf(faults);
            alerts = List.copyOf(alerts);
            canaries = List.copyOf(canaries);
            probes = List.copyOf(probes);
        }
    }

    /**
     * A judgement and where it belongs.
     *
     * @param id the expectation's id, or empty
     * @param label a short sentence, read beside the step; or empty
     * @param step the step that it measures, or empty
     */
    public record Judged(String id, String label, String step, Duration at, Judgement judgement) {
        /** The short sentence, else the exact one. */
        public String words() {
            return label.isEmpty() ? judgement.expectation() : label;
        }

        public boolean isRed() {
            return judgement.verdict() != Verdict.PASS;
        }
    }

    /** A figure of the replay beside that of the record; a value that is absent never came. */
    public record Figure(
            String name,
            String label,
            String step,
            Quantity value,
            Quantity record,
            @Nullable Duration unscaledOrNull,
            String unit,
            String note) {}

    /** A time or a number, or neither. */
    public record Quantity(
            @Nullable Duration timeOrNull, @Nullable Double numberOrNull, String text) {
        /** Whether there is a value at all. */
        public boolean isPresent() {
            return timeOrNull != null || numberOrNull != null || !text.isEmpty();
        }
    }

    /** Whether the state after the drill is the state before it. */
    public record Residue(boolean clean, List<String> differences) {
        public Residue {
            differences = List.copyOf(differences);
        }
    }

    public Optional<Residue> residue() {
        return Optional.ofNullable(residueOrNull);
    }

    public Optional<PlaceboRecord> placebo() {
        return Optional.ofNullable(placeboOrNull);
    }

    /** Whether it replays a past incident, whose times stand beside its own. */
    public boolean isReplay() {
        return steps.stream().anyMatch(step -> step.recordAtOrNull() != null);
    }

    /** The steps, each with its parts. */
    public List<Row> rows() {
        return Row.of(this);
    }

    /** The judgements that belong to no step: what was judged before the first and after the last. */
    public List<Judged> withoutStep() {
        return judgements.stream().filter(each -> each.step().isEmpty()).toList();
    }

    /** The title, else the name. */
    public String heading() {
        return story.title().isEmpty() ? name : story.title();
    }

    /** The expectations that were announced but never judged. */
    public List<Announced> unjudged() {
        return Judgements.unjudged(story.expected(), judgements);
    }
}
