package dev.firedrill.harness.junit;

import dev.firedrill.harness.drill.NamespaceSnapshot;
import dev.firedrill.harness.drill.Stage;
import dev.firedrill.harness.fault.CrashPoint;
import dev.firedrill.harness.fault.DryRun;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultEngine;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.fault.FaultScene;
import dev.firedrill.harness.fault.Healer;
import dev.firedrill.harness.fault.Injection;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.fault.Parameter;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.InjectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * What every fault must keep, as tests that it gets for free: a dry run changes nothing; it is injected, proven and put
 * back, and nothing is left; twice is as good as once; the harness may be killed between any two steps, and what it
 * left is healed; bad parameters are refused in one line. Where a kind of cluster cannot have the fault, it is seen to
 * be refused, and its tests are aborted with the reason.
 *
 * <pre>{@code
 * @Firedrill(system = Shop.class)
 * class MyFaultContract extends FaultContract {
 *     @Override
 *     protected List<Sample> samples() {
 *         return List.of(new Sample(MyFault.KIND, Map.of("service", "api", "port", 8080)));
 *     }
 * }
 * }</pre>
 */
public abstract class FaultContract {
    private static final Set<String> MUTATING = Set.of("patch", "delete", "create", "update");
    private static final Duration READY_AGAIN = Duration.ofMinutes(2);

    /**
     * A kind of fault with parameters that fit the system of the test.
     *
     * @param kind the kind
     * @param parameters as an incident file would have them
     */
    public record Sample(FaultKind kind, Map<String, Object> parameters) {
        public Sample {
            parameters = Map.copyOf(parameters);
        }

        Fault fault() {
            return kind.make(parameters);
        }
    }

    /** The faults to try, each with parameters that fit the system. */
    protected abstract List<Sample> samples();

    /** How long the system may take until all of it is ready again; two minutes if this is not overridden. */
    protected Duration readyAgainWithin() {
        return READY_AGAIN;
    }

    /** The tests of each fault. */
    @TestFactory
    Stream<DynamicContainer> every_fault(Stage stage) {
        return samples().stream()
                .map(sample -> DynamicContainer.dynamicContainer(sample.kind().name(), tests(sample, stage)));
    }

    private Stream<DynamicTest> tests(Sample sample, Stage stage) {
        Trial trial = new Trial(sample.kind().name());
        return Stream.of(
                trial.test("a dry run changes nothing", () -> dryRun(sample, stage)),
                trial.test("it is proven, and put back twice it leaves nothing", () -> once(sample, stage)),
                trial.test("injected twice it leaves nothing", () -> twice(sample, stage)),
                trial.test("killed between any two steps it is healed", () -> killed(sample, stage)),
                trial.test("a field that somebody else changed is left alone", () -> contested(sample, stage)),
                DynamicTest.dynamicTest("bad parameters are refused", () -> badParameters(sample)));
    }

    /** The tests of one sample. What one of them could not put back is not there to be tried on by the next. */
    private static final class Trial {
        private final String kind;
        private String broken = "";

        Trial(String kind) {
            this.kind = kind;
        }

        /** A failure says which fault and which test it is of, wherever it is read. */
        DynamicTest test(String name, Runnable body) {
            return DynamicTest.dynamicTest(name, () -> {
                String title = kind + ", '" + name + "': ";
                demand(broken.isEmpty(), title + "not tried, since the system is not well after '" + broken + "'");
                try {
                    body.run();
                } catch (TestAbortedException e) {
                    throw new TestAbortedException(title + e.getMessage(), e);
                } catch (NotWell e) {
                    broken = name;
                    throw new AssertionFailedError(title + e.getMessage(), e);
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionFailedError(title + e.getMessage(), e);
                }
            });
        }
    }

    /** The system did not become as it was. */
    private static final class NotWell extends AssertionFailedError {
        private static final long serialVersionUID = 1L;

        NotWell(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** What can only be read back is planted, since injecting it would prove nothing. */
    private static InjectionPhase phase(Fault fault) {
        return fault.proof().readsBack() ? InjectionPhase.PLANT : InjectionPhase.INJECT;
    }

    private void dryRun(Sample sample, Stage stage) {
        Fault fault = sample.fault();
        List<String> left = residue(fault, stage, () -> {
            DryRun dry = new FaultEngine(stage.scene()).dryRun(fault, phase(fault));
            demand(!dry.plan().changes().isEmpty(), "a dry run names no change");
            demand(
                    dry.rights().stream()
                            .anyMatch(right -> right.verbs().stream().anyMatch(MUTATING::contains)),
                    "a dry run names no right to change anything: " + dry.rights());
            demand(dry.doubt().isEmpty(), "its effect is there before it was injected: " + dry.doubt());
            demand(open(stage).isEmpty(), "a dry run wrote an undo");
        });
        demand(left.isEmpty(), "a dry run changed something: " + left);
    }

    private void once(Sample sample, Stage stage) {
        Fault fault = sample.fault();
        List<String> left = residue(fault, stage, () -> {
            FaultEngine engine = new FaultEngine(stage.scene());
            Injection injection = engine.inject(name(sample), fault, phase(fault));
            demand(open(stage).size() == 1, "its undo is not written down");
            try {
                demand(
                        injection.evidence().isPresent(),
                        "no proof: " + fault.proof().describe());
            } finally {
                List<String> conflicts = engine.undo(injection);
                demand(conflicts.isEmpty(), "conflicts, though nobody else changed anything: " + conflicts);
            }
            demand(engine.undo(injection).isEmpty(), "put back twice, it found conflicts");
            demand(open(stage).isEmpty(), "its undo is still there");
        });
        demand(left.isEmpty(), "it left something: " + left);
    }

    private void twice(Sample sample, Stage stage) {
        Fault fault = sample.fault();
        List<String> left = residue(fault, stage, () -> {
            FaultEngine engine = new FaultEngine(stage.scene());
            List<Injection> injections = new ArrayList<>();
            injections.add(engine.inject(name(sample), fault, phase(fault)));
            try {
                injections.add(engine.inject(name(sample) + " again", sample.fault(), phase(fault)));
            } catch (InjectionException | ConfigurationException refused) {
                demand(!String.valueOf(refused.getMessage()).isBlank(), "refused without a reason");
            }
            for (int i = injections.size() - 1; i >= 0; i--) {
                List<String> conflicts = engine.undo(injections.get(i));
                demand(conflicts.isEmpty(), "conflicts, though nobody else changed anything: " + conflicts);
            }
        });
        demand(left.isEmpty(), "it left something: " + left);
    }

    private void killed(Sample sample, Stage stage) {
        int points = CrashPoint.of(sample.fault().plan(stage.scene())).size();
        for (int i = 0; i < points; i++) {
            killed(sample, stage, i);
        }
    }

    /** The point is found by its number: the plan is made anew when everything is ready again. */
    private void killed(Sample sample, Stage stage, int number) {
        Fault fault = sample.fault();
        CrashPoint point = CrashPoint.of(fault.plan(stage.scene())).get(number);
        List<String> left = residue(fault, stage, () -> {
            FaultEngine engine = new FaultEngine(stage.scene(), reached -> {
                if (reached.equals(point)) {
                    throw new Killed();
                }
            });
            try {
                engine.undo(engine.inject(name(sample), fault, phase(fault)));
                throw new AssertionFailedError("'" + point.name() + "' is never reached");
            } catch (Killed expected) {
                heal(stage, point);
            }
        });
        demand(left.isEmpty(), "killed at '" + point.name() + "' and healed, it left something: " + left);
    }

    private static void heal(Stage stage, CrashPoint point) {
        Healer healer = healer(stage);
        Healer.Outcome outcome = healer.heal(healer.open(List.of(stage.namespace())));
        demand(outcome.failures().isEmpty(), "killed at '" + point.name() + "': " + outcome.failures());
        demand(outcome.conflicts().isEmpty(), "killed at '" + point.name() + "': " + outcome.conflicts());
        demand(open(stage).isEmpty(), "killed at '" + point.name() + "': an undo is still there");
        demand(healer.heal(healer.open(List.of(stage.namespace()))).healed().isEmpty(), "healed twice");
    }

    private void contested(Sample sample, Stage stage) {
        Fault fault = sample.fault();
        residue(fault, stage, () -> {
            FaultEngine engine = new FaultEngine(stage.scene());
            Contest contest = Contest.of(fault.plan(stage.scene()), stage);
            Injection injection = engine.inject(name(sample), fault, phase(fault));
            contest.begin();
            List<String> conflicts = engine.undo(injection);
            contest.end(conflicts);
        });
    }

    private void badParameters(Sample sample) {
        FaultKind kind = sample.kind();
        refused(kind, with(sample, "no-such-parameter", "x"), "no-such-parameter");
        for (Parameter parameter : kind.parameters()) {
            if (parameter.required()) {
                Map<String, Object> without = new LinkedHashMap<>(sample.parameters());
                without.remove(parameter.name());
                refused(kind, without, parameter.name());
            }
            parameter
                    .type()
                    .absurd()
                    .forEach(value -> refused(kind, with(sample, parameter.name(), value), parameter.name()));
        }
    }

    private static Map<String, Object> with(Sample sample, String name, Object value) {
        Map<String, Object> parameters = new LinkedHashMap<>(sample.parameters());
        parameters.put(name, value);
        return parameters;
    }

    private static void refused(FaultKind kind, Map<String, Object> parameters, String culprit) {
        try {
            kind.make(parameters);
        } catch (ConfigurationException e) {
            String message = String.valueOf(e.getMessage());
            demand(
                    message.lines().count() == 1 && message.contains(culprit) && message.contains(kind.name()),
                    "the refusal of " + parameters + " names neither " + culprit + " nor what is allowed: " + message);
            return;
        }
        throw new AssertionFailedError(kind.name() + " takes " + parameters);
    }

    /**
     * What the namespace holds otherwise after something than before. Both times everything is ready, and the fault
     * does not show: put back means put back for users. It is looked at before the fault is first asked for anything,
     * also whether it may be injected here.
     */
    private List<String> residue(Fault fault, Stage stage, Runnable something) {
        awaitReady(stage, "before it was tried ");
        NamespaceSnapshot before = stage.snapshot();
        demandPermission(fault, stage, before);
        awaitWell(fault, stage, "before it was tried ");
        try {
            something.run();
        } catch (RuntimeException | AssertionError e) {
            awaitWell(fault, stage, e.getMessage() + "; and afterwards ");
            throw e;
        }
        awaitWell(fault, stage, "afterwards ");
        return before.differencesTo(stage.snapshot());
    }

    private static void demandPermission(Fault fault, Stage stage, NamespaceSnapshot before) {
        FaultEngine engine = new FaultEngine(stage.scene());
        Optional<String> unavailable = engine.unavailable(fault);
        if (unavailable.isEmpty()) {
            engine.refusal(fault).ifPresent(reason -> {
                throw new AssertionFailedError("it may not be injected here: " + reason);
            });
            return;
        }
        try {
            engine.inject("unavailable", fault, phase(fault));
        } catch (ConfigurationException refused) {
            List<String> left = before.differencesTo(stage.snapshot());
            demand(left.isEmpty(), "refused, it left something: " + left);
            throw new TestAbortedException("not tried, since " + unavailable.get());
        }
        throw new AssertionFailedError("it is injected, though " + unavailable.get());
    }

    private void awaitReady(Stage stage, String when) {
        await(() -> unready(stage), when);
    }

    private void awaitWell(Fault fault, Stage stage, String when) {
        releaseHeldBack(stage);
        await(() -> unready(stage).or(() -> showing(fault, stage)), when);
    }

    /** Waits until there is no trouble any more. */
    private void await(Supplier<Optional<String>> trouble, String when) {
        AtomicReference<String> last = new AtomicReference<>("it could not be asked how it is");
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .atMost(readyAgainWithin())
                    .ignoreException(ConfigurationException.class)
                    .until(() -> {
                        Optional<String> now = trouble.get();
                        now.ifPresent(last::set);
                        return now.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            throw new NotWell(when + last.get(), e);
        }
    }

    private static Optional<String> unready(Stage stage) {
        return Optional.of(stage.unready()).filter(names -> !names.isEmpty()).map(names -> "not ready: " + names);
    }

    private static Optional<String> showing(Fault fault, Stage stage) {
        return Optional.of(new FaultEngine(stage.scene())
                        .dryRun(fault, phase(fault))
                        .doubt())
                .filter(doubt -> !doubt.isEmpty())
                .map(doubt -> "it shows, though it is not injected: " + doubt);
    }

    /** What its node starts later each time, since it has ended so often in this test, is made anew. */
    private static void releaseHeldBack(Stage stage) {
        var pods = stage.cluster().client().pods().inNamespace(stage.namespace());
        pods.list().getItems().stream()
                .filter(pod -> pod.getStatus().getContainerStatuses().stream()
                        .anyMatch(container -> container.getRestartCount() > 1))
                .forEach(pod -> pods.withName(pod.getMetadata().getName()).delete());
    }

    private static Healer healer(Stage stage) {
        FaultScene scene = stage.scene();
        return new Healer(scene.client(), List.of(scene.undoDirectory()));
    }

    private static List<Healer.Open> open(Stage stage) {
        return healer(stage).open(List.of(stage.namespace()));
    }

    private static String name(Sample sample) {
        return sample.kind().name();
    }

    private static void demand(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionFailedError(otherwise);
        }
    }

    /** The end of the harness, as no code of it can catch it. */
    private static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }
}
