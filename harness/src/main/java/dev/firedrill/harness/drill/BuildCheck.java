package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.ExpectationKind;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a drill that is put together in words must not say: it would do less than it says, and pass. */
final class BuildCheck {
    private BuildCheck() {}

    /**
     * Looks at the steps in their order.
     *
     * @throws IllegalArgumentException with what is wrong, and what there is
     */
    static void check(String drill, List<Step> steps, List<Expectation> afterwards) {
        Set<String> changed = new LinkedHashSet<>();
        Set<String> planted = new LinkedHashSet<>();
        for (Step step : steps) {
            if (step.action() instanceof Action.Inject inject) {
                if (inject.phase() == InjectionPhase.TRIGGER) {
                    require(planted, inject.name(), "drill '" + drill + "' triggers", "planted");
                } else if (inject.phase() == InjectionPhase.PLANT) {
                    planted.add(inject.name());
                }
                changed.add(inject.name());
            } else if (step.action() instanceof Action.Reconfigure change) {
                changed.add(change.name());
            } else if (step.action() instanceof Action.Undo undo) {
                require(changed, undo.name(), "drill '" + drill + "' puts back", "changed");
            }
        }
        if (changed.isEmpty()) {
            effect(steps, afterwards).ifPresent(effect -> {
                throw new IllegalArgumentException("drill '" + drill + "' changes nothing, and expects an effect: "
                        + effect + "; inject a fault, or leave it out");
            });
        }
    }

    private static void require(Set<String> there, String name, String what, String how) {
        if (!there.contains(name)) {
            throw new IllegalArgumentException(what + " '" + name + "', which it has not " + how + " before ("
                    + (there.isEmpty() ? "nothing is" : how + ": " + String.join(", ", there)) + ")");
        }
    }

    private static Optional<String> effect(List<Step> steps, List<Expectation> afterwards) {
        Stream<Expectation> demanded = steps.stream()
                .flatMap(step -> step.action() instanceof Action.Demand demand
                        ? demand.expectations().stream()
                        : Stream.empty());
        return Stream.concat(demanded, afterwards.stream())
                .map(Expectation::check)
                .filter(check -> check.kind() == ExpectationKind.EFFECT)
                .map(check -> check.expectation())
                .findFirst();
    }
}
