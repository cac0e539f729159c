package dev.firedrill.reports.record;

import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A run, rebuilt from its journal. Moments inside it are measured from its start.
 *
 * @param environment where and how it ran
 * @param startedOrNull when it started, by the wall clock, unless the journal does not say
 * @param length from its start to the last event
 * @param ending how it ended
 * @param verdict the worst of what was recorded and what the judgements say; never a pass if the run did not end
 * @param drills in the order in which they began
 * @param notes what was told outside of any drill
 * @param concerns what is wrong with the journal itself: it was cut off, or contradicts itself
 */
public record RunRecord(
        Environment environment,
        @Nullable Instant startedOrNull,
        Duration length,
        Ending ending,
        Verdict verdict,
        List<DrillRecord> drills,
        List<Note> notes,
        List<String> concerns) {
    public RunRecord {
        drills = List.copyOf(drills);
        notes = List.copyOf(notes);
        concerns = List.copyOf(concerns);
    }

    /** How a run ended; {@link #CUT_OFF} if its journal does not tell. */
    public enum Ending {
        FINISHED,
        INTERRUPTED,
        CUT_OFF
    }

    /**
     * Where and how a run ran; each is empty if the journal does not say.
     *
     * @param seed from which everything random came
     * @param scale how much intervals were compressed; "1" is real time
     */
    public record Environment(
            String run,
            String title,
            String command,
            String clusterKind,
            String clusterVersion,
            String node,
            String seed,
            String scale,
            String harnessVersion) {}

    /** Something told, and when. */
    public record Note(Duration at, String text) {}

    /** The verdict with the kind of cluster that it was reached on: {@code PASS (embedded)}. */
    public String headline() {
        return headline(verdict);
    }

    /** Any verdict of this run with the kind of cluster that it was reached on. */
    public String headline(Verdict of) {
        return environment.clusterKind().isEmpty() ? of.name() : of.name() + " (" + environment.clusterKind() + ")";
    }

    /** How many judgements of all drills are of a kind. */
    public long count(Predicate<Judgement> kind) {
        return drills.stream()
                .flatMap(drill -> drill.judgements().stream())
                .map(DrillRecord.Judged::judgement)
                .filter(kind)
                .count();
    }

    /** How many expectations were judged with a verdict. */
    public long count(Verdict verdict) {
        return count(judgement -> judgement.verdict() == verdict);
    }
}
