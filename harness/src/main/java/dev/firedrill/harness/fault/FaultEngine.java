package dev.firedrill.harness.fault;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.HealingException;
import dev.firedrill.harness.model.InjectionException;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Injects any fault and takes it back, from its plan alone. Before the first change the undo is written down in the
 * cluster and on disk; after the last, the effect is proven, or recorded as unproven.
 */
public final class FaultEngine {
    private final FaultScene scene;
    private final ObjectFields fields;
    private final MadeObjects made;
    private final UndoStore undos;
    private final CrashPoint.Listener listener;
    private final FaultJournal told;
    private final Expiry expiry;
    private final Set<String> open = ConcurrentHashMap.newKeySet();

    public FaultEngine(FaultScene scene) {
        this(scene, point -> {});
    }

    /**
     * An engine whose steps are followed, so that a test can end it between any two.
     *
     * @param listener told at each {@link CrashPoint}
     */
    public FaultEngine(FaultScene scene, CrashPoint.Listener listener) {
        this.scene = scene;
        this.fields = scene.objects();
        this.made = new MadeObjects(scene.client(), scene.namespace(), fields);
        this.undos = new UndoStore(scene.client(), scene.namespace());
        this.listener = listener;
        this.told = new FaultJournal(scene);
        this.expiry = new Expiry(scene, told, this::putBack);
    }

    /**
     * What an injection would do; changes nothing.
     *
     * @throws ConfigurationException if the target is not there, or is not fit
     */
    public DryRun dryRun(Fault fault, InjectionPhase phase) {
        FaultScene planning = scene.planning();
        FaultPlan plan = fault.plan(planning);
        List<String> pods = BlastRadius.pods(planning, plan);
        return new DryRun(
                fault.describe(),
                plan,
                pods,
                Right.of(plan),
                fault.proof().describe() + ", within "
                        + Durations.words(fault.proof().within()),
                Permit.refusal(scene, plan, pods)
                        .or(() -> doubt(fault.proof(), phase, before(fault.proof(), phase, plan)))
                        .orElse(""));
    }

    /**
     * Why a fault must not be injected here, though it could be, as far as that can be said now; changes nothing.
     *
     * @return one sentence; empty if nothing speaks against it, or it cannot be planned yet
     */
    public Optional<String> refusal(Fault fault) {
        try {
            FaultScene planning = scene.planning();
            FaultPlan plan = fault.plan(planning);
            return Permit.refusal(scene, plan, BlastRadius.pods(planning, plan));
        } catch (ConfigurationException notYet) {
            return Optional.empty();
        }
    }

    /**
     * Why a fault cannot be had on this kind of cluster, whatever its user may do there; changes nothing.
     *
     * @return one sentence; empty if it can be had
     * @throws ConfigurationException if its target is not fit
     */
    public Optional<String> unavailable(Fault fault) {
        return Permit.unavailable(scene, fault.plan(scene.planning()));
    }

    /**
     * Plans, writes down the undo, changes, and waits for the proof.
     *
     * @param name what the journal calls it; a plant and its trigger share one
     * @throws ConfigurationException if its target is not fit, or it must not be injected here
     * @throws InjectionException if its proof would prove nothing, as when its effect is there already and stays for
     *     several looks, and then nothing is changed; or if a change could not be made, and then what had been changed
     *     is put back first
     */
    public Injection inject(String name, Fault fault, InjectionPhase phase) {
        return inject(name, fault, phase, begun -> {});
    }

    /**
     * The same, for a caller who must not lose it, however it ends.
     *
     * @param begun told before anything is changed or written down; what it is given can be undone from then on, while
     *     {@link #isOpen} says so
     */
    public Injection inject(String name, Fault fault, InjectionPhase phase, Consumer<Injection> begun) {
        Duration asked = scene.journal().clock().elapsed();
        FaultScene planning = scene.planning();
        FaultPlan plan = fault.plan(planning);
        String title = name + " (" + fault.describe().title() + ")";
        String id = "firedrill-undo-" + scene.run() + "-"
                + (scene.journal().events().size() + 1);
        List<String> pods = BlastRadius.pods(planning, plan);
        told.planned(name, fault, phase, plan, pods);
        Permit.refusal(scene, plan, pods).ifPresent(refusal -> {
            throw new ConfigurationException(title + " was not injected: " + refusal);
        });
        Optional<Sighting> before = before(fault.proof(), phase, plan);
        doubt(fault.proof(), phase, before).ifPresent(doubt -> {
            throw new InjectionException(title + " was not injected, since nothing could prove it: " + doubt);
        });
        fault.proof().prepare(scene, plan);
        Injection attempted = new Injection(id, name, fault, phase, plan, null, null);
        open.add(id);
        begun.accept(attempted);
        undos.keep(id, undoOf(attempted), scene.undoDirectory(), listener);
        expiry.arm(attempted);
        Instant began = scene.journal().clock().now();
        Duration injected = scene.journal().clock().elapsed();
        try {
            expiry.inTurn(() -> make(plan.changes()));
        } catch (RuntimeException e) {
            undoQuietly(attempted, e);
            throw new InjectionException(title + " could not be injected: " + ApiTrouble.words(e), e);
        }
        // From its first change on a fault may show: what is seen while the others are made is its doing.
        told.injected(
                name,
                phase,
                began,
                injected.minus(asked),
                before.map(Sighting::answering).orElse(Duration.ZERO),
                made.takeWaited());
        listener.reached(CrashPoint.AWAITED);
        Sighting sighting = Sighting.await(fault.proof(), scene, plan);
        sighting.evidence()
                .ifPresentOrElse(
                        seen -> told.proven(name, phase, injected, seen, sighting),
                        () -> told.unproven(name, phase, fault.proof(), sighting.troubleOrNull()));
        return new Injection(id, name, fault, phase, plan, sighting.evidenceOrNull(), sighting.troubleOrNull());
    }

    /**
     * Puts back what an injection changed, last change first. A field that somebody else has changed since is left
     * alone and named. One that has ended by itself is not put back again.
     *
     * @return the conflicts that were left alone, one line each
     * @throws HealingException if the cluster refused; the undo is kept for another attempt
     */
    public List<String> undo(Injection injection) {
        return expiry.undo(injection);
    }

    private List<String> putBack(Injection injection) {
        Duration asked = scene.journal().clock().elapsed();
        made.takeWaited(); // by an injection that failed
        try {
            List<String> conflicts =
                    new Restoration(fields, made).undo(injection.plan().changes(), listener);
            boolean kept = undos.forget(injection.id(), undoOf(injection), scene.undoDirectory(), listener);
            open.remove(injection.id());
            expiry.disarm(injection, kept);
            told.undone(injection, conflicts, scene.journal().clock().elapsed().minus(asked), made.takeWaited());
            return conflicts;
        } catch (KubernetesClientException | IOException e) {
            throw new HealingException(
                    "could not put back " + injection.name() + ": " + ApiTrouble.words(e)
                            + "; its undo is kept in the namespace as " + injection.id() + " and below "
                            + scene.undoDirectory() + "; put it back with: firedrill heal",
                    e);
        }
    }

    /**
     * Pulls a trigger once more after its plant has been put back, so that this takes effect too, and takes the trigger
     * itself back.
     *
     * @return conflicts, as of {@link #undo}
     */
    public List<String> settle(String name, Fault trigger) {
        String doubt = "what was put back under '" + name + "' may not be in effect: ";
        Optional<String> unfit = awaitFit(trigger);
        if (unfit.isPresent()) {
            return List.of(doubt + unfit.get());
        }
        Injection again = inject(name, trigger, InjectionPhase.SETTLE);
        List<String> conflicts = new ArrayList<>(undo(again));
        if (again.evidence().isEmpty()) {
            conflicts.add(doubt + "not seen within " + trigger.proof().within().toMillis() + " ms that "
                    + trigger.proof().describe());
        }
        return conflicts;
    }

    /** Waits until a trigger can be planned: its target may be on its way back. What is wrong, if it stays so. */
    private Optional<String> awaitFit(Fault trigger) {
        AtomicReference<@Nullable String> unfit = new AtomicReference<>();
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .atMost(trigger.proof().within())
                    .until(() -> {
                        try {
                            trigger.plan(scene);
                            unfit.set(null);
                        } catch (ConfigurationException e) {
                            unfit.set(e.getMessage());
                        }
                        return unfit.get() == null;
                    });
        } catch (ConditionTimeoutException late) {
            return Optional.ofNullable(unfit.get());
        }
        return Optional.empty();
    }

    private UndoRecord undoOf(Injection injection) {
        Instant now = scene.journal().clock().now();
        return new UndoRecord(
                scene.run(),
                injection.name() + " (" + injection.fault().describe().title() + ")",
                scene.client().getMasterUrl().toString(),
                scene.namespace(),
                now.toString(),
                Optional.of(now.plus(scene.longest())),
                injection.plan().changes(),
                injection.plan().settling());
    }

    private void make(List<Change> changes) {
        for (int i = 1; i <= changes.size(); i++) {
            make(changes.get(i - 1));
            listener.reached(CrashPoint.made(i, changes.size()));
        }
    }

    private void make(Change change) {
        ObjectFields.Outcome outcome = change.fold(new Change.Cases<>(
                fields::write,
                fields::delete,
                pod -> {
                    fields.take(pod);
                    return ObjectFields.Outcome.WRITTEN;
                },
                creation -> made.create(creation),
                toxic -> made.toxiproxy(toxic).set(toxic)));
        if (!outcome.holds()) {
            throw new InjectionException(change.describe()
                    + ": it does not hold what the plan found there; somebody else changed it meanwhile, or the plan is"
                    + " wrong");
        }
    }

    /** Whether an injection that has begun has not been put back yet. */
    public boolean isOpen(Injection injection) {
        return open.contains(injection.id());
    }

    /** Also on a thread that is interrupted: what it was doing is why there is something to put back. */
    private void undoQuietly(Injection attempted, Exception reason) {
        boolean interrupted = Thread.interrupted();
        try {
            undo(attempted);
        } catch (HealingException e) {
            reason.addSuppressed(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What a proof of an effect sees before anything is changed; empty where that is not asked. */
    private Optional<Sighting> before(Proof proof, InjectionPhase phase, FaultPlan plan) {
        return phase.takesEffect() && !proof.readsBack()
                ? Optional.of(Sighting.before(proof, scene, plan))
                : Optional.empty();
    }

    /** Why a proof would prove nothing. */
    private static Optional<String> doubt(Proof proof, InjectionPhase phase, Optional<Sighting> before) {
        return phase.takesEffect() && proof.readsBack()
                ? Optional.of("reading back what was written proves no effect: " + proof.describe())
                : before.flatMap(seen -> seen.doubt(proof));
    }
}
