package dev.firedrill.harness.drill;

import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import dev.firedrill.harness.agent.MachineWatch;
import dev.firedrill.harness.alert.Canary;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Vantage;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.probe.InsideProber;
import dev.firedrill.harness.probe.OutsideProber;
import dev.firedrill.harness.probe.ProbeSpec;
import dev.firedrill.harness.probe.Prober;
import dev.firedrill.harness.resync.BacklogCheck;
import dev.firedrill.harness.resync.WorkObserver;
import dev.firedrill.harness.resync.Workload;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What looks on while a drill runs: probers from each vantage, the pager's canary, the observer of delayed work. */
final class Watch implements AutoCloseable {
    private static final Duration ANSWER = Duration.ofSeconds(10);
    private static final Duration WORK_INTERVAL = Duration.ofMillis(200);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(25);
    private static final Duration SETTLING = Duration.ofSeconds(5);
    private static final String UNSETTLED = "requests of probes are open for " + Durations.words(SETTLING)
            + " and more; what is demanded of these probes cannot be judged";

    private final Stage stage;
    private final Drill drill;
    private final List<ProbeSpec> openConnections;
    private final Canary canary;
    private final List<Prober> probers = new ArrayList<>();
    private final MachineWatch machine;
    private final @Nullable Workload workload;
    private final @Nullable WorkObserver observer;
    private boolean canaryLost;
    private Duration quietSince;

    private Watch(Stage stage, Drill drill) {
        this.stage = stage;
        this.drill = drill;
        this.openConnections = OpenConnections.beside(drill);
        this.canary = new Canary(stage.agent(), stage.pager(), stage.journal());
        this.quietSince = stage.journal().clock().elapsed();
        boolean works = drill.steps().stream().anyMatch(step -> step.action() instanceof Action.Work);
        if (works) {
            DelayedWork work = stage.system().delayedWork(stage);
            observer = WorkObserver.start(work.target(), stage.journal(), work.keys(), WORK_INTERVAL);
            workload =
                    new Workload(work.source(), stage.journal(), stage.request().seed(), work.keys());
        } else {
            observer = null;
            workload = null;
        }
        this.machine = MachineWatch.start(lost ->
                stage.journal().append("harness", EventType.MACHINE_EXHAUSTED, Map.of("lostMs", lost.toMillis())));
    }

    /** Starts everything that looks on. */
    static Watch start(Stage stage, Drill drill) {
        Watch watch = new Watch(stage, drill);
        List<ProbeSpec> outside = watch.from(Vantage.OUTSIDE);
        List<ProbeSpec> inside = watch.from(Vantage.INSIDE);
        if (!outside.isEmpty()) {
            watch.probers.add(new OutsideProber(stage.cluster(), stage.namespace(), stage.journal(), outside));
        }
        if (!inside.isEmpty()) {
            watch.probers.add(new InsideProber(stage.agent(), stage.journal(), inside));
        }
        watch.probers.forEach(Prober::start);
        return watch;
    }

    private List<ProbeSpec> from(Vantage vantage) {
        return Stream.concat(drill.probes().stream(), openConnections.stream())
                .filter(probe -> probe.vantage() == vantage)
                .toList();
    }

    /** The time of the run. */
    Duration now() {
        return stage.journal().clock().elapsed();
    }

    /** Something was done to the system: what was seen before says nothing of a steady state from now on. */
    void stirred() {
        quietSince = now();
    }

    /** Since when nothing has been done to the system, as long as it is watched: a steady state may count from here. */
    Duration quietSince() {
        return quietSince;
    }

    /**
     * Waits until every probe has been healthy for a while.
     *
     * @param since what was before counts for nothing
     */
    Judgement awaitSteady(String expectation, Duration since, Duration lasting, Duration within)
            throws InterruptedException {
        return await(drill.probes(), expectation, since, lasting, within);
    }

    /** The same on connections that are kept open; empty if every probe keeps its own, and was asked before. */
    Optional<Judgement> awaitOpenConnections(Duration since, Duration lasting, Duration within)
            throws InterruptedException {
        return openConnections.isEmpty()
                ? Optional.empty()
                : Optional.of(await(
                        openConnections,
                        "connections that were open before are healthy again afterwards",
                        since,
                        lasting,
                        within));
    }

    private Judgement await(
            List<ProbeSpec> probes, String expectation, Duration since, Duration lasting, Duration within)
            throws InterruptedException {
        Duration until = now().plus(within);
        Duration missing = since.plus(lasting).minus(now());
        if (!missing.isNegative()) {
            Pause.lasting(missing);
        }
        List<String> disturbances = disturbances(probes, lasting);
        while (!disturbances.isEmpty() && now().compareTo(until) < 0) {
            Pause.lasting(LOOK_AGAIN);
            disturbances = disturbances(probes, lasting);
        }
        if (disturbances.isEmpty()) {
            return Verdicts.ofHarness(
                    expectation,
                    ExpectationKind.INVARIANT,
                    Verdict.PASS,
                    "every probe was healthy for " + Durations.words(lasting));
        }
        return Verdicts.ofHarness(
                expectation,
                ExpectationKind.INVARIANT,
                Verdict.INCONCLUSIVE,
                "not steady after " + Durations.words(within) + ": " + String.join("; ", disturbances));
    }

    private List<String> disturbances(List<ProbeSpec> probes, Duration lasting) {
        return SteadyState.disturbances(probes, stage.journal().events(), now(), lasting);
    }

    /**
     * Sends a canary through the whole way of a page, if the system has one; whether it arrived is in the journal.
     * After one that was lost no other is sent: it could not vouch for anything any more.
     */
    void canary(Canary.Phase phase) {
        Optional<Duration> within = stage.system().pagesWithin();
        if (within.isPresent() && !canaryLost) {
            canaryLost = !canary.send(phase, within.get()).trusted();
        }
    }

    /** Has people edit things. */
    void work(Action.Work work) {
        if (workload == null) {
            throw new IllegalStateException("a drill without work has no workload");
        }
        workload.edit(work.period(), work.keys());
    }

    /** Makes an operator's request from inside the cluster. */
    void request(Action.Request request) {
        FetchResult answer = stage.agent()
                .fetch(new FetchRequest(
                        request.method(), URI.create(request.url()), request.headers(), request.body(), ANSWER));
        if (answer.status() < 200 || answer.status() > 399) {
            throw new FiredrillException(request.method() + " " + request.url() + " from inside was answered with "
                    + (answer.answered() ? "HTTP " + answer.status() : answer.error()));
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("method", request.method());
        data.put("url", request.url());
        data.put("status", answer.status());
        data.put("tookMs", answer.took().toMillis());
        data.put("changes", BacklogCheck.named(stage.journal().events(), answer.body()));
        stage.journal().append("harness", EventType.REQUEST_ANSWERED, data);
    }

    /** Takes in everything that has been seen by now, so that what is judged next is complete. */
    void settle() {
        for (Prober prober : probers) {
            if (!prober.settle(SETTLING)) {
                stage.journal().append("harness", EventType.NOTE, Map.of("text", UNSETTLED));
            }
        }
        stage.pager().settle();
        if (observer != null) {
            observer.look();
        }
    }

    @Override
    public void close() {
        if (observer != null) {
            observer.close();
        }
        probers.forEach(Prober::close);
        machine.close();
    }
}
