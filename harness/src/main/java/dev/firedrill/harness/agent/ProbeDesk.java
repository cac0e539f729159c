package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The inside prober: what it runs survives a restart, and so do its samples. */
final class ProbeDesk implements AutoCloseable {
    private static final String SETTING = "probes";
    private static final int MOST_PROBES = 200;

    private final Vertx vertx;
    private final StoreThread store;
    private final CursorLog log;
    private final List<OpenLoopProber> ending = new ArrayList<>();
    private OpenLoopProber running;

    ProbeDesk(Vertx vertx, StoreThread store) {
        this.vertx = vertx;
        this.store = store;
        this.log = new CursorLog(vertx, store, AgentStore.Log.SAMPLES);
        this.running = start(List.of());
        store.run(open -> open.setting(SETTING)).onSuccess(told -> told.ifPresent(this::resume));
    }

    private synchronized void resume(String told) {
        if (running.isIdle()) {
            running = start(plans(Wire.read(told)));
        }
    }

    /** Replaces the probes; requests under way are ended in peace. */
    Future<ObjectNode> replace(JsonNode message) {
        List<ProbePlan> plans = plans(message);
        return store.run(open -> {
                    open.set(SETTING, Wire.write(message));
                    return open.last(AgentStore.Log.SAMPLES);
                })
                .compose(last -> store.opened().map(id -> {
                    exchange(plans);
                    return Wire.message().put("cursor", last).put("log", id);
                }));
    }

    private synchronized void exchange(List<ProbePlan> plans) {
        OpenLoopProber old = running;
        ending.add(old);
        CompletableFuture<Void> ignored = old.stop().whenComplete((none, failure) -> forget(old));
        running = start(plans);
    }

    private synchronized void forget(OpenLoopProber ended) {
        ending.remove(ended);
    }

    private OpenLoopProber start(List<ProbePlan> plans) {
        return OpenLoopProber.start(vertx, plans, this::record);
    }

    private CompletionStage<?> record(ProbeSample sample) {
        return log.append(List.of(Wire.write(sample.json()))).toCompletionStage();
    }

    private static List<ProbePlan> plans(JsonNode message) {
        JsonNode list = message.path("probes");
        if (!list.isArray() || list.size() > MOST_PROBES) {
            throw new Wire.WireException("probes is a list of at most " + MOST_PROBES);
        }
        List<ProbePlan> plans = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode node : list) {
            ProbePlan plan = ProbePlan.from(node);
            if (!names.add(plan.name())) {
                throw new Wire.WireException("two probes are called '" + plan.name() + "'");
            }
            plans.add(plan);
        }
        return plans;
    }

    /** A page of samples. Up to when they are complete is asked first, so that what is read has them. */
    Future<ObjectNode> page(long after, long waitMillis) {
        return log.read(after, waitMillis).compose(first -> {
            Instant complete = completeUntil();
            return log.read(after, 0)
                    .compose(items -> store.opened().map(id -> InboxDesk.page(Instant.now(), id, after, items)
                            .put("completeUntil", complete.toString())));
        });
    }

    private synchronized Instant completeUntil() {
        List<OpenLoopProber> all = new ArrayList<>(ending);
        all.add(running);
        return all.stream()
                .map(OpenLoopProber::completeUntil)
                .min(Comparator.naturalOrder())
                .orElseGet(Instant::now);
    }

    @Override
    public synchronized void close() {
        CompletableFuture<Void> ignored = running.stop();
    }
}
