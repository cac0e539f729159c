package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.timeline.Moment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which effects are expected of which fault of a drill with several: those that count from it. The moment that an
 * expectation counts from stands first in its sentence: {@code "... within 5 s of the fault 'two'"}.
 */
final class EffectsOfFaults {
    private EffectsOfFaults() {}

    /**
     * By the faults' names, the sentences of the effects that count from their injection, planting or trigger, from
     * their undo, or from the beginning of one of these steps. Without an entry for a fault from which none counts, and
     * empty if the drill has fewer than two faults.
     */
    static Map<String, Set<String>> of(Drill drill) {
        Map<String, List<String>> moments = moments(drill);
        if (moments.size() < 2) {
            return Map.of();
        }
        Map<String, Set<String>> effects = new LinkedHashMap<>();
        for (Expectation expectation : drill.expectations()) {
            String sentence = expectation.check().expectation();
            if (expectation.check().kind() == ExpectationKind.EFFECT) {
                countedFrom(sentence, moments)
                        .ifPresent(fault -> effects.computeIfAbsent(fault, name -> new LinkedHashSet<>())
                                .add(sentence));
            }
        }
        return effects;
    }

    /** What moments of each fault are called. */
    private static Map<String, List<String>> moments(Drill drill) {
        Map<String, List<String>> moments = new LinkedHashMap<>();
        for (Step step : drill.steps()) {
            if (step.action() instanceof Action.Inject inject) {
                List<String> names = moments.computeIfAbsent(inject.name(), name -> new ArrayList<>());
                names.add(Moment.faultActive(inject.name()).description());
                names.add(Moment.faultPlanted(inject.name()).description());
                names.add(Moment.faultUndone(inject.name()).description());
                names.add(Moment.stepStarted(step.id()).description());
            } else if (step.action() instanceof Action.Undo undo && moments.containsKey(undo.name())) {
                moments.get(undo.name()).add(Moment.stepStarted(step.id()).description());
            }
        }
        return moments;
    }

    private static Optional<String> countedFrom(String sentence, Map<String, List<String>> moments) {
        Optional<String> first = Optional.empty();
        int at = Integer.MAX_VALUE;
        for (Map.Entry<String, List<String>> fault : moments.entrySet()) {
            for (String moment : fault.getValue()) {
                int found = sentence.indexOf(moment);
                if (found >= 0 && found < at) {
                    at = found;
                    first = Optional.of(fault.getKey());
                }
            }
        }
        return first;
    }
}
