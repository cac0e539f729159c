package dev.firedrill.harness.drill;

import dev.firedrill.harness.alert.Canary;
import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.fault.InjectionPhase;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Journal;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Carries out drills on a stage, one at a time: watches, acts, judges, and puts everything back, in whatever way the
 * drill ends.
 *
 * <pre>{@code
 * DrillResult result = new DrillRunner(stage).run(drill);
 * }</pre>
 */
public final class DrillRunner {
    private static final Duration RECOVERY_LASTING = Duration.ofMillis(500);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);

    private final Stage stage;
    private final Journal journal;
    private final PlaceboSettings placebos;
    private final boolean isPlacebo;

    /** Runs drills by themselves, unless {@link PlaceboSettings#PROPERTY} asks for their placebos. */
    public DrillRunner(Stage stage) {
        this(stage, PlaceboSettings.chosen(PlaceboSettings.Mode.UNLESS_ASKED));
    }

    /**
     * Runs drills, each followed by its placebos.
     *
     * @param placebos when they are run
     */
    public DrillRunner(Stage stage, PlaceboSettings placebos) {
        this(stage, placebos, false);
    }

    private DrillRunner(Stage stage, PlaceboSettings placebos, boolean isPlacebo) {
        this.stage = stage;
        this.journal = stage.journal();
        this.placebos = placebos;
        this.isPlacebo = isPlacebo;
    }

    /**
     * Runs a drill to its verdict. A broken expectation is a verdict and is never thrown. An interrupt of the calling
     * thread ends the drill early; what it changed is put back all the same, and the thread stays interrupted.
     */
    public DrillResult run(Drill drill) {
        journal.enterDrill(drill.name());
        Verdicts verdicts = new Verdicts(journal, drill, isPlacebo);
        verdicts.announce();
        boolean interrupted = false;
        Scenery scenery = new Scenery(stage, drill);
        NamespaceSnapshot before = stage.snapshot();
        try (Watch watch = Watch.start(stage, drill)) {
            try {
                interrupted = rehearse(drill, watch, scenery, verdicts);
            } finally {
                interrupted |= putBack(scenery, verdicts);
            }
            verdicts.lookForExpiry();
            if (!interrupted) {
                afterwards(drill, watch, verdicts);
            }
        } catch (InterruptedException e) {
            interrupted = true;
        } catch (RuntimeException | AssertionError e) {
            interrupted = interrupted || Thread.interrupted();
            if (!interrupted) {
                verdicts.add(crashed(e));
            }
        }
        verdicts.add(lookForResidue(before, scenery.conflicts()));
        if (drill.saysNothing()) {
            verdicts.add(Verdicts.ofHarness(
                    "something is said of the system",
                    ExpectationKind.INVARIANT,
                    Verdict.INCONCLUSIVE,
                    "the drill breaks nothing and demands nothing"));
        }
        verdicts.takeFigures();
        if (!interrupted && !isPlacebo) {
            tryPlacebos(drill, verdicts);
            interrupted = Thread.interrupted();
        }
        DrillResult result = new DrillResult(drill.name(), stage.cluster().kind(), verdicts.all(), interrupted);
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("verdict", result.verdict().name());
        data.put("cluster", result.kind().label());
        data.put("interrupted", interrupted);
        journal.append("harness", EventType.DRILL_FINISHED, data);
        journal.enterDrill("");
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return result;
    }

    private void tryPlacebos(Drill drill, Verdicts verdicts) {
        try {
            new PlaceboTrial(stage, placebos, new DrillRunner(stage, placebos, true)::run)
                    .of(drill, verdicts.verdict())
                    .ifPresent(verdicts::add);
        } catch (FiredrillException | UncheckedIOException | KubernetesClientException e) {
            journal.enterDrill(drill.name());
            verdicts.add(Verdicts.ofHarness(
                    PlaceboTrial.EXPECTATION,
                    ExpectationKind.INVARIANT,
                    Verdict.INCONCLUSIVE,
                    "it could not be tried: " + e.getMessage()));
        }
    }

    /** Goes through the steps until the last, or until going on would prove nothing; true if interrupted. */
    private boolean rehearse(Drill drill, Watch watch, Scenery scenery, Verdicts verdicts) {
        try {
            Optional<String> refusal = scenery.refusal(drill.steps());
            if (refusal.isPresent()) {
                verdicts.add(Verdicts.ofHarness(
                        "all that is to be broken may be broken here",
                        ExpectationKind.INVARIANT,
                        Verdict.INCONCLUSIVE,
                        refusal.get()));
                return false;
            }
            watch.canary(Canary.Phase.BEFORE);
            for (Step step : drill.steps()) {
                if (!perform(step, watch, scenery, verdicts)) {
                    return false;
                }
            }
            return false;
        } catch (InterruptedException e) {
            return true;
        } catch (RuntimeException | AssertionError e) {
            if (Thread.interrupted()) {
                return true;
            }
            verdicts.add(crashed(e));
            return false;
        }
    }

    private boolean perform(Step step, Watch watch, Scenery scenery, Verdicts verdicts) throws InterruptedException {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("step", step.id());
        data.put("title", step.caption().title());
        data.put("kind", step.action().kind());
        putIfAny(data, "recordAt", step.caption().recordAt());
        putIfAny(data, "recordUntil", step.caption().recordUntil());
        if (step.caption().assumed()) {
            data.put("recordAssumed", true);
        }
        putIfAny(data, "recordText", step.caption().recordText());
        putIfAny(data, "who", step.caption().who());
        journal.append("harness", EventType.STEP_STARTED, data);
        Duration started = journal.clock().elapsed();
        int before = verdicts.events().size();
        verdicts.enterStep(step.id());
        boolean goOn = carryOut(step.action(), watch, scenery, verdicts);
        if (step.action().stirs()) {
            watch.stirred();
        }
        verdicts.enterStep("");
        Map<String, Object> finished = new LinkedHashMap<>();
        finished.put("step", step.id());
        finished.put("tookMs", journal.clock().elapsed().minus(started).toMillis());
        List<TimelineEvent> events = verdicts.events();
        putIfAny(finished, "measured", Measured.in(events.subList(before, events.size())));
        journal.append("harness", EventType.STEP_FINISHED, finished);
        return goOn;
    }

    /** Does what the action says; false if the drill cannot say anything any more. */
    private boolean carryOut(Action action, Watch watch, Scenery scenery, Verdicts verdicts)
            throws InterruptedException {
        if (action instanceof Action.AwaitSteady steady) {
            Judgement judgement = watch.awaitSteady(
                    "the steady state holds before anything is broken",
                    watch.quietSince(),
                    steady.lasting(),
                    steady.within());
            verdicts.add(judgement);
            return judgement.verdict() == Verdict.PASS;
        } else if (action instanceof Action.Inject inject) {
            verdicts.disturbed();
            boolean plants = inject.phase() == InjectionPhase.PLANT;
            Judgement proof = scenery.inject(inject);
            if (plants || !isPlacebo) {
                verdicts.add(proof);
            }
            return proof.verdict() == Verdict.PASS || plants || isPlacebo;
        } else if (action instanceof Action.LeaveOut leaveOut) {
            verdicts.disturbed();
            scenery.leaveOut(leaveOut);
        } else if (action instanceof Action.Undo undo) {
            verdicts.disturbed();
            scenery.undo(undo.name());
        } else if (action instanceof Action.Reconfigure reconfigure) {
            scenery.reconfigure(reconfigure);
        } else if (action instanceof Action.Request request) {
            request(request, watch);
        } else if (action instanceof Action.Work work) {
            watch.work(work);
        } else if (action instanceof Action.Observe observe) {
            Pause.lasting(observe.window());
        } else if (action instanceof Action.Demand demand) {
            watch.settle();
            verdicts.judge(demand.expectations());
        }
        return true;
    }

    /** What operators ask for in an outage need not be there without one. */
    private void request(Action.Request request, Watch watch) {
        try {
            watch.request(request);
        } catch (FiredrillException e) {
            if (!isPlacebo) {
                throw e;
            }
            journal.append("harness", EventType.NOTE, Map.of("text", "refused in the placebo: " + e.getMessage()));
        }
    }

    /** Puts everything back; true if interrupted meanwhile. */
    private static boolean putBack(Scenery scenery, Verdicts verdicts) {
        try {
            return scenery.undoAll();
        } catch (RuntimeException e) {
            verdicts.add(Verdicts.ofHarness(
                    "everything is put back",
                    ExpectationKind.INVARIANT,
                    isUnasked(e) ? Verdict.INCONCLUSIVE : Verdict.FAIL,
                    words(e)));
            return Thread.interrupted();
        }
    }

    /** Whether nobody refused to put anything back, since nobody could be asked. */
    private static boolean isUnasked(Exception failure) {
        Throwable reason = failure instanceof FiredrillException ? failure.getCause() : failure;
        return reason instanceof KubernetesClientException trouble && ApiTrouble.isUnasked(trouble);
    }

    private void afterwards(Drill drill, Watch watch, Verdicts verdicts) throws InterruptedException {
        Duration putBack = journal.clock().elapsed();
        verdicts.add(everythingReady(drill.recovery()));
        watch.canary(Canary.Phase.AFTER);
        if (!drill.probes().isEmpty()) {
            verdicts.add(healed(watch.awaitSteady(
                    "every probe is healthy again afterwards", putBack, RECOVERY_LASTING, drill.recovery())));
            watch.awaitOpenConnections(putBack, RECOVERY_LASTING, drill.recovery())
                    .map(DrillRunner::healed)
                    .ifPresent(verdicts::add);
        }
        watch.settle();
        verdicts.judge(drill.afterwards());
        Resolutions.lasting(drill, watch, verdicts).ifPresent(verdicts::add);
    }

    /** What was not steady before is inconclusive; what is not healed afterwards is a failure. */
    private static Judgement healed(Judgement steady) {
        return steady.verdict() == Verdict.PASS
                ? steady
                : Verdicts.ofHarness(steady.expectation(), steady.kind(), Verdict.FAIL, steady.reason());
    }

    /** A replica that is still on its way back would be the next drill's surprise. */
    private Judgement everythingReady(Duration within) throws InterruptedException {
        String expectation = "everything is ready again afterwards";
        Duration until = journal.clock().elapsed().plus(within);
        List<String> unready = stage.unready();
        while (!unready.isEmpty() && journal.clock().elapsed().compareTo(until) < 0) {
            Pause.lasting(LOOK_AGAIN);
            unready = stage.unready();
        }
        return Verdicts.ofHarness(
                expectation,
                ExpectationKind.INVARIANT,
                unready.isEmpty() ? Verdict.PASS : Verdict.FAIL,
                unready.isEmpty()
                        ? "every workload has its pods"
                        : "not ready after " + within.toSeconds() + " s: " + String.join(", ", unready));
    }

    private Judgement lookForResidue(NamespaceSnapshot before, List<String> conflicts) {
        try {
            return residue(before, conflicts);
        } catch (KubernetesClientException e) {
            return Verdicts.ofHarness(
                    "nothing is left behind",
                    ExpectationKind.INVARIANT,
                    Verdict.INCONCLUSIVE,
                    "namespace " + stage.namespace() + " cannot be looked at: " + ApiTrouble.inOneLine(e)
                            + "; what is left is put back by: firedrill heal");
        }
    }

    private Judgement residue(NamespaceSnapshot before, List<String> conflicts) {
        List<String> differences = new ArrayList<>(before.differencesTo(stage.snapshot()));
        differences.addAll(conflicts);
        journal.append(
                "harness",
                EventType.RESIDUE_CHECKED,
                Map.of("clean", differences.isEmpty(), "differences", differences));
        return new Judgement(
                "nothing is left behind",
                ExpectationKind.INVARIANT,
                differences.isEmpty() ? Verdict.PASS : Verdict.FAIL,
                differences.isEmpty()
                        ? "the namespace holds what it held before"
                        : "left behind in namespace " + stage.namespace() + ": " + differences.get(0)
                                + (differences.size() > 1 ? " and " + (differences.size() - 1) + " more" : ""),
                differences,
                null,
                null);
    }

    private static Judgement crashed(Throwable e) {
        return Verdicts.ofHarness(
                "the drill can be carried out", ExpectationKind.INVARIANT, Verdict.INCONCLUSIVE, words(e));
    }

    /** What is not meant for people is told with its kind, in one line. */
    private static String words(Throwable e) {
        return e instanceof FiredrillException || e instanceof KubernetesClientException
                ? ApiTrouble.words((RuntimeException) e)
                : "it failed itself: " + e.toString().lines().findFirst().orElse("");
    }

    private static void putIfAny(Map<String, Object> data, String key, String value) {
        if (!value.isEmpty()) {
            data.put(key, value);
        }
    }
}
