package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A log in the store that is appended to in groups and read by long polls. Everything happens on the store's own
 * thread, so that a reader who found nothing cannot miss what comes next.
 */
final class CursorLog {
    private final Vertx vertx;
    private final StoreThread store;
    private final AgentStore.Log log;
    private final Object gate = new Object();
    private List<Pending> pending = new ArrayList<>();
    private final List<Waiting> waiting = new ArrayList<>();

    CursorLog(Vertx vertx, StoreThread store, AgentStore.Log log) {
        this.vertx = vertx;
        this.store = store;
        this.log = log;
    }

    /** Appends items, together with what others append meanwhile; completes when they are on disk. */
    Future<Void> append(List<String> items) {
        Promise<Void> stored = Promise.promise();
        boolean first;
        synchronized (gate) {
            first = pending.isEmpty();
            pending.add(new Pending(items, stored));
        }
        if (first) {
            store.run(this::flush)
                    .onFailure(failure -> take().forEach(one -> one.stored().tryFail(failure)));
        }
        return stored.future();
    }

    private List<Pending> take() {
        synchronized (gate) {
            List<Pending> group = pending;
            pending = new ArrayList<>();
            return group;
        }
    }

    /** Stores what is pending in one commit, and answers who waited for it. */
    private int flush(AgentStore open) {
        List<Pending> group = take();
        try {
            open.append(log, group.stream().flatMap(one -> one.items().stream()).toList());
            group.forEach(one -> one.stored().complete());
        } catch (SQLException e) {
            group.forEach(one -> one.stored().fail(e));
        }
        List<Waiting> readers = List.copyOf(waiting);
        waiting.clear();
        readers.forEach(reader -> answer(open, reader));
        return group.size();
    }

    /** The items after a cursor; if there are none, those that come within the wait. */
    Future<List<AgentStore.Stored>> read(long after, long waitMillis) {
        Waiting reader = new Waiting(after, Promise.promise());
        store.run(open -> {
                    List<AgentStore.Stored> items = open.after(log, after);
                    boolean answer = waitMillis <= 0 || !items.isEmpty();
                    return answer ? reader.found().tryComplete(items) : waiting.add(reader);
                })
                .onFailure(reader.found()::tryFail);
        if (waitMillis > 0) {
            long patience = vertx.setTimer(waitMillis, timer -> giveUp(reader));
            reader.found().future().onComplete(found -> vertx.cancelTimer(patience));
        }
        return reader.found().future();
    }

    private void giveUp(Waiting reader) {
        if (reader.found().tryComplete(List.of())) {
            store.run(open -> waiting.remove(reader)).onFailure(reader.found()::tryFail);
        }
    }

    private void answer(AgentStore open, Waiting reader) {
        try {
            reader.found().tryComplete(open.after(log, reader.after()));
        } catch (SQLException e) {
            reader.found().tryFail(e);
        }
    }

    private record Pending(List<String> items, Promise<Void> stored) {}

    private record Waiting(long after, Promise<List<AgentStore.Stored>> found) {}
}
