package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.Injection;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.Repeatable;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.InjectionException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
        Injection injection = begin(inject.name(), inject.fault(), inject.phase());
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

    /** Injects; however that ends, what has begun and was not put back is known here. */
    private Injection begin(String name, Fault fault, InjectionPhase phase) {
        List<Injection> begun = new ArrayList<>();
        try {
            Injection whole = engine.inject(name, fault, phase, attempted -> {
                begun.add(attempted);
                active.push(attempted);
            });
            active.removeAll(begun);
            active.push(whole);
            return whole;
        } catch (RuntimeException e) {
            begun.removeIf(engine::isOpen);
            active.removeAll(begun);
            throw e;
        }
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
        Injection made = begin(change.name(), change.change(), InjectionPhase.OPERATE);
        if (made.evidence().isEmpty()) {
            throw new InjectionException("the operator's change '" + change.name() + "' is not there: not seen that "
                    + change.change().proof().describe());
        }
    }

    /**
     * Puts back what goes by a name, and pulls the triggers of what was planted once more, so that it takes effect.
     * What operators have changed on top of it meanwhile is changed again.
     *
     * @throws InjectionException if another fault lies on top of it, which cannot stay there alone
     */
    void undo(String name) {
        List<Injection> above = above(name);
        for (Injection upper : above) {
            if (upper.phase() != InjectionPhase.OPERATE) {
                throw new InjectionException("the fault '" + name + "' cannot be put back while '" + upper.name()
                        + "' lies on top of it, which changed the same field; put '" + upper.name() + "' back first");
            }
        }
        above.forEach(this::takeBack);
        putBack(name);
        for (int i = above.size() - 1; i >= 0; i--) {
            Injection upper = above.get(i);
            reconfigure(new Action.Reconfigure(upper.name(), upper.fault()));
        }
    }

    /** What was changed after something of this name, in the same fields; last first. */
    private List<Injection> above(String name) {
        List<Injection> later = new ArrayList<>();
        List<Injection> above = new ArrayList<>();
        for (Injection each : active) {
            if (each.name().equals(name) && !isCoveredTrigger(each)) {
                later.stream()
                        .filter(upper -> upper.liesOn(each) && !above.contains(upper))
                        .forEach(above::add);
            } else {
                later.add(each);
            }
        }
        return above;
    }

    private void putBack(String name) {
        leaveUndoOut(fault -> fault.name().equals(name));
        List<Injection> named = active.stream()
                .filter(injection -> injection.name().equals(name))
                .toList();
        named.stream().filter(each -> !isCoveredTrigger(each)).toList().forEach(this::takeBack);
        if (named.stream().anyMatch(injection -> injection.phase() == InjectionPhase.PLANT)) {
            for (Injection trigger : named) {
                if (trigger.phase() == InjectionPhase.TRIGGER && trigger.fault() instanceof Repeatable repeatable) {
                    conflicts.addAll(engine.settle(name, repeatable.again()));
                }
            }
        }
    }

    /** A request that was made again since under another name: it stays until that one is taken back. */
    private boolean isCoveredTrigger(Injection each) {
        return each.phase() == InjectionPhase.TRIGGER
                && each.fault() instanceof Repeatable
                && active.stream()
                        .takeWhile(later -> !later.id().equals(each.id()))
                        .anyMatch(later -> !later.name().equals(each.name()) && later.liesOn(each));
    }

    private void takeBack(Injection injection) {
        conflicts.addAll(engine.undo(injection));
        active.remove(injection);
    }

    /**
     * Puts back whatever is still in place, last first; everything is tried before the first failure is told. What an
     * interrupt has cut short is tried once more.
     *
     * @return whether the thread was interrupted meanwhile; it is not any more
     */
    boolean undoAll() {
        @Nullable RuntimeException first = null;
        boolean interrupted = Thread.interrupted();
        Set<String> tried = new HashSet<>();
        leaveUndoOut(fault -> true);
        while (!active.isEmpty()) {
            Injection last = active.element();
            try {
                undoWithAllAbove(last.name());
            } catch (RuntimeException e) {
                boolean cutShort = Thread.interrupted();
                interrupted |= cutShort;
                if (cutShort && tried.add(last.id())) {
                    continue;
                }
                active.remove(last);
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        interrupted |= Thread.interrupted();
        if (first != null) {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            throw first;
        }
        return interrupted;
    }

    private void undoWithAllAbove(String name) {
        above(name).forEach(this::takeBack);
        putBack(name);
    }

    /** What somebody else changed meanwhile and was therefore left alone, or what may not be in effect. */
    List<String> conflicts() {
        return List.copyOf(conflicts);
    }
}
