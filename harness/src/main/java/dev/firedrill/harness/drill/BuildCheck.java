package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ExpectationKind;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/** What a drill that is put together in words must not say: it would do less than it says, and pass. */
final class BuildCheck {
    private BuildCheck() {}

    /**
     * Looks at the steps in their order.
     *
     * @throws ConfigurationException with what is wrong, and what there is
     */
    static void check(Drill drill) {
        String name = "drill '" + drill.name() + "'";
        Set<String> changed = new LinkedHashSet<>();
        Set<String> planted = new LinkedHashSet<>();
        for (Step step : drill.steps()) {
            if (step.action() instanceof Action.Inject inject) {
                if (inject.phase() == InjectionPhase.TRIGGER) {
                    require(planted, inject.name(), name + " triggers", "planted");
                } else if (inject.phase() == InjectionPhase.PLANT) {
                    planted.add(inject.name());
                }
                changed.add(inject.name());
            } else if (step.action() instanceof Action.Reconfigure change) {
                changed.add(change.name());
            } else if (step.action() instanceof Action.Undo undo) {
                require(changed, undo.name(), name + " puts back", "changed");
            }
        }
        if (changed.isEmpty()) {
            effect(drill).ifPresent(effect -> {
                throw new ConfigurationException(name + " changes nothing, and expects an effect: " + effect
                        + "; inject a fault, or leave it out");
            });
        }
    }

    private static void require(Set<String> there, String name, String what, String how) {
        if (!there.contains(name)) {
            throw new ConfigurationException(what + " '" + name + "', which it has not " + how + " before ("
                    + (there.isEmpty() ? "nothing is" : how + ": " + String.join(", ", there)) + ")");
        }
    }

    private static Optional<String> effect(Drill drill) {
        return drill.expectations().stream()
                .map(Expectation::check)
                .filter(check -> check.kind() == ExpectationKind.EFFECT)
                .map(Check::expectation)
                .findFirst();
    }
}
