package dev.firedrill.harness.drill;

import dev.firedrill.harness.alert.AlertCheck;
import dev.firedrill.harness.alert.AlertMatch;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A drill with its faults left out. What its author expects as an effect must fail in it, what must hold always must
 * hold, and nobody may be paged.
 *
 * @param leaves what of the faults is still done: {@code "nothing injected"}
 * @param drill the same steps on the same clock, with {@link Action.LeaveOut} in the place of faults
 */
record Placebo(String leaves, Drill drill) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /**
     * The placebos of a drill: without any fault; and for each latent one, its plant without its trigger, and its
     * trigger without its plant. None if the drill injects nothing.
     *
     * @param pages whether there is anything that could page, so that silence can be demanded
     */
    static List<Placebo> of(Drill drill, boolean pages) {
        if (drill.steps().stream().noneMatch(step -> step.action() instanceof Action.Inject)) {
            return List.of();
        }
        List<Placebo> placebos = new ArrayList<>();
        placebos.add(of(drill, pages, "nothing injected", inject -> false));
        for (String latent : latent(drill)) {
            placebos.add(of(
                    drill,
                    pages,
                    "'" + latent + "' planted and not triggered",
                    inject -> inject.name().equals(latent) && inject.phase() == InjectionPhase.PLANT));
            placebos.add(of(
                    drill,
                    pages,
                    "'" + latent + "' triggered and not planted",
                    inject -> inject.name().equals(latent) && inject.phase() == InjectionPhase.TRIGGER));
        }
        return placebos;
    }

    private static Set<String> latent(Drill drill) {
        Set<String> names = new LinkedHashSet<>();
        for (Step step : drill.steps()) {
            if (step.action() instanceof Action.Inject inject && inject.phase() == InjectionPhase.PLANT) {
                names.add(inject.name());
            }
        }
        return names;
    }

    private static Placebo of(Drill drill, boolean pages, String leaves, Predicate<Action.Inject> done) {
        List<Step> steps =
                drill.steps().stream().map(step -> leftOut(step, done)).toList();
        boolean triggers = steps.stream()
                .anyMatch(step ->
                        step.action() instanceof Action.Inject inject && inject.phase() == InjectionPhase.TRIGGER);
        List<Expectation> afterwards = new ArrayList<>(drill.afterwards());
        if (pages && !triggers) {
            afterwards.add(silence(drill));
        }
        return new Placebo(
                leaves,
                new Drill(
                        drill.name() + " (placebo: " + leaves + ")",
                        drill.title() + ": " + leaves,
                        "",
                        drill.probes(),
                        steps,
                        afterwards,
                        drill.recovery(),
                        List.of(),
                        drill.remedies(),
                        drill.longestFault(),
                        Map.of("placebo", Map.of("of", drill.name(), "leaves", leaves))));
    }

    private static Step leftOut(Step step, Predicate<Action.Inject> done) {
        return step.action() instanceof Action.Inject inject && !done.test(inject)
                ? new Step(step.id(), step.caption(), new Action.LeaveOut(inject.name(), inject.phase()))
                : step;
    }

    /** From the first fault on: a trigger is something that happens, such as a restart, and may page by itself. */
    private static Expectation silence(Drill drill) {
        List<Step> steps = drill.steps();
        String first = steps.stream()
                .filter(step -> step.action() instanceof Action.Inject)
                .map(Step::id)
                .findFirst()
                .orElseThrow();
        Moment end = Moment.stepFinished(steps.get(steps.size() - 1).id());
        return Expectation.within(PATIENCE, AlertCheck.silence(AlertMatch.any(), Moment.stepStarted(first), end))
                .called("nobody is paged");
    }
}
