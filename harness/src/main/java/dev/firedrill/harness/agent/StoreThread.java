package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The one thread that uses the store. It opens it while the rest of the agent starts. */
final class StoreThread implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread one = new Thread(task, "agent-store");
        one.setDaemon(true);
        return one;
    });
    private final Promise<String> opened = Promise.promise();
    private @Nullable AgentStore store;

    StoreThread(Path directory) {
        thread.execute(() -> {
            try {
                AgentStore open = AgentStore.open(directory);
                store = open;
                opened.complete(open.id());
            } catch (SQLException | RuntimeException e) {
                opened.fail(e);
            }
        });
    }

    /** The store's id, once it is open. */
    Future<String> opened() {
        return opened.future();
    }

    /** Does something with the store, in turn. */
    <T> Future<T> run(Work<T> work) {
        Promise<T> done = Promise.promise();
        try {
            thread.execute(() -> {
                AgentStore open = store;
                try {
                    if (open == null) {
                        throw new IllegalStateException("the database is not open");
                    }
                    done.complete(work.with(open));
                } catch (SQLException | RuntimeException e) {
                    done.tryFail(e);
                }
            });
        } catch (RejectedExecutionException e) {
            done.tryFail(e);
        }
        return done.future();
    }

    @Override
    public void close() {
        Future<Boolean> closed = run(open -> {
            open.close();
            return true;
        });
        thread.shutdown();
        try {
            if (!thread.awaitTermination(2, TimeUnit.SECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        closed.onFailure(failure -> AgentLog.line("closing the database: " + failure.getMessage()));
    }

    /** Something to do with the store. */
    interface Work<T> {
        T with(AgentStore store) throws SQLException;
    }
}
