package dev.firedrill.harness.drill;

import dev.firedrill.harness.alert.AlertCheck;
import dev.firedrill.harness.alert.AlertMatch;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A drill with its faults left out, or one of several. What its author expects as an effect of them must fail in it,
 * what must hold always must hold, and nobody may be paged where nothing is broken.
 *
 * @param leaves what of the faults is still done: {@code "nothing injected"}
 * @param drill the same steps on the same clock, with {@link Action.LeaveOut} in the place of faults
 * @param only of one fault among several, the effects that count from it, which alone must fail, as their authors
 *     wrote them; empty if all must
 */
record Placebo(String leaves, Drill drill, Set<String> only) {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    Placebo {
        only = Set.copyOf(only);
    }

    /**
     * The placebos of a drill: without any fault; for each latent one, its plant without its trigger, and its trigger
     * without its plant; and if there are several faults, without each one from which an effect counts, while the
     * others are there. None if the drill injects nothing.
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
        EffectsOfFaults.of(drill)
                .forEach((fault, effects) -> placebos.add(new Placebo(
                        "only '" + fault + "' left out",
                        without(
                                drill,
                                "only '" + fault + "' left out",
                                inject -> !inject.name().equals(fault),
                                List.of()),
                        effects)));
        return placebos;
    }

    /** Whether a judgement of it says something of the drill: not an effect of a fault that is there. */
    boolean speaksOf(Judgement judgement) {
        return judgement.kind() == ExpectationKind.INVARIANT
                || only.isEmpty()
                || only.contains(judgement.expectation());
    }

    /** Whether faults of the drill are there as in the drill, so that they must take effect. */
    boolean injects() {
        return !only.isEmpty();
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
        boolean triggers = drill.steps().stream()
                .anyMatch(step -> step.action() instanceof Action.Inject inject
                        && inject.phase() == InjectionPhase.TRIGGER
                        && done.test(inject));
        List<Expectation> more = pages && !triggers ? List.of(silence(drill)) : List.of();
        return new Placebo(leaves, without(drill, leaves, done, more), Set.of());
    }

    private static Drill without(Drill drill, String leaves, Predicate<Action.Inject> done, List<Expectation> more) {
        return new Drill(
                drill.name() + " (placebo: " + leaves + ")",
                drill.title() + ": " + leaves,
                "",
                drill.probes(),
                drill.steps().stream().map(step -> leftOut(step, done)).toList(),
                Stream.concat(drill.afterwards().stream(), more.stream()).toList(),
                drill.recovery(),
                List.of(),
                drill.remedies(),
                drill.longestFault(),
                Map.of("placebo", Map.of("of", drill.name(), "leaves", leaves)));
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
