package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.Injection;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.Repeatable;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.InjectionException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What a drill has changed on its stage and not yet put back: faults, and operators' changes. */
final class Scenery {
    private final FaultEngine engine;
    private final Journal journal;
    private final Deque<Injection> active = new ArrayDeque<>();
    private final List<Action.LeaveOut> leftOut = new ArrayList<>();
    private final List<String> conflicts = new ArrayList<>();

    Scenery(Stage stage, Drill drill) {
        this.engine = new FaultEngine(stage.scene().lasting(drill.longest()));
        this.journal = stage.journal();
    }

    /** Why one of these must not be done here, said before the first is; empty if nothing speaks against them. */
    Optional<String> refusal(List<Step> steps) {
        for (Step step : steps) {
            Optional<String> refusal = Optional.empty();
            if (step.action() instanceof Action.Inject inject) {
                refusal = refusal(inject.name(), inject.fault());
            } else if (step.action() instanceof Action.Reconfigure change) {
                refusal = refusal(change.name(), change.change());
            }
            if (refusal.isPresent()) {
                return refusal;
            }
        }
        return Optional.empty();
    }

    private Optional<String> refusal(String name, Fault fault) {
        return engine.refusal(fault).map(why -> name + " (" + fault.describe().title() + "): " + why);
    }

    /** Injects, and says whether the effect was proven: without proof there is no verdict on the rest. */
    Judgement inject(Action.Inject inject) {
        Injection injection = engine.inject(inject.name(), inject.fault(), inject.phase());
        active.push(injection);
        String expectation = "the fault '" + inject.name() + "' "
                + (inject.phase() == InjectionPhase.PLANT
                        ? "is planted"
                        : inject.phase() == InjectionPhase.TRIGGER ? "is surfaced by its trigger" : "takes effect");
        ExpectationKind kind =
                inject.phase() == InjectionPhase.PLANT ? ExpectationKind.INVARIANT : ExpectationKind.EFFECT;
        String unproven = "no proof within " + inject.fault().proof().within().toMillis() + " ms that "
                + inject.fault().proof().describe() + injection.trouble().orElse("")
                + "; without it nothing else is judged";
        return injection
                .evidence()
                .map(seen -> Verdicts.ofHarness(expectation, kind, Verdict.PASS, seen))
                .orElseGet(() -> Verdicts.ofHarness(expectation, kind, Verdict.INCONCLUSIVE, unproven));
    }

    /** Keeps the moment of a fault that is left out. */
    void leaveOut(Action.LeaveOut fault) {
        leftOut.add(fault);
        tell(EventType.FAULT_LEFT_OUT, fault);
    }

    private void leaveUndoOut(Predicate<Action.LeaveOut> which) {
        leftOut.stream().filter(which).forEach(fault -> tell(EventType.FAULT_LEFT_OUT_UNDONE, fault));
        leftOut.removeIf(which);
    }

    private void tell(String type, Action.LeaveOut fault) {
        journal.append(
                "harness",
                type,
                Map.of("fault", fault.name(), "phase", fault.phase().label()));
    }

    void reconfigure(Action.Reconfigure change) {
        Injection made = engine.inject(change.name(), change.change(), InjectionPhase.OPERATE);
        active.push(made);
        if (made.evidence().isEmpty()) {
            throw new InjectionException("the operator's change '" + change.name() + "' is not there: not seen that "
                    + change.change().proof().describe());
        }
    }

    /** Puts back what goes by a name, and pulls the triggers of what was planted once more, so that it takes effect. */
    void undo(String name) {
        leaveUndoOut(fault -> fault.name().equals(name));
        List<Injection> named = active.stream()
                .filter(injection -> injection.name().equals(name))
                .toList();
        for (Injection injection : named) {
            conflicts.addAll(engine.undo(injection));
            active.remove(injection);
        }
        if (named.stream().anyMatch(injection -> injection.phase() == InjectionPhase.PLANT)) {
            for (Injection trigger : named) {
                if (trigger.phase() == InjectionPhase.TRIGGER && trigger.fault() instanceof Repeatable repeatable) {
                    conflicts.addAll(engine.settle(name, repeatable.again()));
                }
            }
        }
    }

    /** Puts back whatever is still in place, last first; everything is tried before the first failure is told. */
    void undoAll() {
        @Nullable RuntimeException first = null;
        leaveUndoOut(fault -> true);
        while (!active.isEmpty()) {
            Injection last = active.element();
            try {
                undo(last.name());
            } catch (FiredrillException | KubernetesClientException e) {
                active.remove(last);
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    /** What somebody else changed meanwhile and was therefore left alone, or what may not be in effect. */
    List<String> conflicts() {
        return List.copyOf(conflicts);
    }
}
