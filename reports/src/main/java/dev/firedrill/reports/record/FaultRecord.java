package dev.firedrill.reports.record;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A fault: what it harms, what it was to change, and what became of it.
 *
 * @param changes the planned changes, in order
 * @param blastRadius what it may touch, or empty
 * @param moments what became of it, oldest first
 */
public record FaultRecord(
        String name, String harm, List<Change> changes, List<String> blastRadius, List<Moment> moments) {
    public FaultRecord {
        changes = List.copyOf(changes);
        blastRadius = List.copyOf(blastRadius);
        moments = List.copyOf(moments);
    }

    /** One reversible change of the plan, with the pre-image; {@code before} is empty for something new. */
    public record Change(String phase, String target, String action, String before, String after) {}

    /** What became of a fault. */
    public enum Stage {
        PLANTED("planted"),
        INJECTED("injected"),
        TRIGGERED("triggered"),
        CHANGED("changed"),
        SETTLED("triggered again, so that the undo takes effect"),
        PROVEN("proven"),
        UNPROVEN("not proven"),
        EXPIRED("ended by itself"),
        UNDONE("undone");

        private final String word;

        Stage(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    /**
     * A moment of a fault.
     *
     * @param phase inject, plant, trigger, operate or settle, or empty
     * @param detail the evidence or the reason, or empty
     */
    public record Moment(Stage stage, String phase, Duration at, String detail) {}

    /** Whether it is no fault at all, but what an operator changed. */
    public boolean isOperators() {
        return moments.stream().anyMatch(moment -> moment.stage() == Stage.CHANGED);
    }

    /** When it first reached a stage. */
    public Optional<Duration> first(Stage stage) {
        return moments.stream()
                .filter(moment -> moment.stage() == stage)
                .map(Moment::at)
                .findFirst();
    }

    /** When the last of it was undone. */
    public Optional<Duration> undone() {
        return moments.stream()
                .filter(moment -> moment.stage() == Stage.UNDONE)
                .map(Moment::at)
                .reduce((earlier, later) -> later);
    }

    /** When it began to harm: the proof of what was injected or triggered, else the injection itself. */
    public Optional<Duration> surfaced() {
        return moments.stream()
                .filter(moment -> moment.stage() == Stage.PROVEN && !"plant".equals(moment.phase()))
                .map(Moment::at)
                .findFirst()
                .or(() -> first(Stage.TRIGGERED))
                .or(() -> first(Stage.INJECTED))
                .or(() -> first(Stage.CHANGED));
    }

    /** Whether some phase took place without proof, so that nothing can be said. */
    public boolean isUnproven() {
        return moments.stream()
                .filter(moment -> moment.stage() == Stage.UNPROVEN)
                .anyMatch(moment -> moments.stream()
                        .noneMatch(later -> later.stage() == Stage.PROVEN
                                && later.phase().equals(moment.phase())
                                && later.at().compareTo(moment.at()) >= 0));
    }
}
