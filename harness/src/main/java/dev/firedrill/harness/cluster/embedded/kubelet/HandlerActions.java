package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.HTTPGetAction;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** What probes and hooks do to a container: an HTTP request, a connection, a program beside it. */
final class HandlerActions {
    private static final int OUTPUT_LIMIT = 10 * 1024;
    /** As good as none: the longest that a connection can be given. */
    private static final Duration NO_LIMIT = Duration.ofMillis(Integer.MAX_VALUE);

    private final HttpActions http;
    private final NetClient net;
    private final Executor pool;
    private final Programs programs;

    /** How it went, and what there is to say of it; with a success, that is a warning. */
    record Outcome(boolean success, String message) {}

    /** What a program is started with. */
    record Program(List<String> command, Map<String, String> environment, Path directory) {}

    HandlerActions(Vertx vertx, Executor pool, Programs programs) {
        this.http = new HttpActions(vertx);
        this.net = vertx.createNetClient();
        this.pool = pool;
        this.programs = programs;
    }

    /** Asks by HTTP; a status from 200 to 399 is a success. */
    CompletableFuture<Outcome> get(HTTPGetAction action, String host, int port, Duration timeout) {
        return http.get(action, host, port, timeout);
    }

    /** Opens a connection and closes it again. */
    CompletableFuture<Outcome> connect(String host, int port, Duration timeout) {
        return net.connect(port, host)
                .timeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
                .compose(socket -> socket.close().transform(closed -> Future.succeededFuture(new Outcome(true, ""))))
                .recover(problem -> Future.succeededFuture(new Outcome(false, unreached(host, port, problem))))
                .toCompletionStage()
                .toCompletableFuture();
    }

    static String unreached(String host, int port, Throwable problem) {
        String message = String.valueOf(problem.getMessage());
        if (message.contains("Connection refused")) {
            return "dial tcp " + host + ":" + port + ": connect: connection refused";
        }
        return message.toLowerCase(Locale.ROOT).matches(".*(timed out|timeout).*")
                ? "context deadline exceeded (Client.Timeout exceeded while awaiting headers)"
                : message;
    }

    /** Asks by HTTP as a hook does: whatever the answer is, it is a success, and there is no time limit. */
    CompletableFuture<Outcome> tell(HTTPGetAction action, String host, int port) {
        return http.tell(action, host, port, NO_LIMIT);
    }

    /** Runs a program; exit status 0 in time is a success. */
    CompletableFuture<Outcome> exec(Program program, Duration timeout) {
        return exec(program, timeout, (status, output) -> output);
    }

    /** Runs a hook's program, for as long as it takes; of a failure its exit status and its output are told. */
    CompletableFuture<Outcome> hook(Program program) {
        String command = String.join(" ", program.command());
        return exec(program, NO_LIMIT, (status, output) -> "command '%s' exited with %d: , message: \"%s\""
                .formatted(command, status, output.replace("\"", "\\\"").replace("\n", "\\n")));
    }

    private CompletableFuture<Outcome> exec(
            Program program, Duration timeout, BiFunction<Integer, String, String> failure) {
        CompletableFuture<Outcome> outcome = new CompletableFuture<>();
        pool.execute(() -> {
            try {
                outcome.complete(run(program, timeout, failure));
            } catch (IOException e) {
                outcome.complete(new Outcome(false, String.valueOf(e.getMessage())));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                outcome.complete(new Outcome(false, "the kubelet is closing"));
            }
        });
        return outcome;
    }

    private Outcome run(Program program, Duration timeout, BiFunction<Integer, String, String> failure)
            throws IOException, InterruptedException {
        Process process = programs.start(program.command(), program.environment(), program.directory());
        CompletableFuture<String> output = new CompletableFuture<>();
        pool.execute(() -> output.complete(read(process)));
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Outcome(
                        false,
                        "command timed out: " + String.join(" ", program.command()) + " timed out after "
                                + timeout.toSeconds() + "s");
            }
            return process.exitValue() == 0
                    ? new Outcome(true, "")
                    : new Outcome(
                            false,
                            failure.apply(
                                    process.exitValue(),
                                    output.completeOnTimeout("", 1, TimeUnit.SECONDS)
                                            .join()));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Process process) {
        try {
            byte[] head = process.getInputStream().readNBytes(OUTPUT_LIMIT);
            process.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
            return new String(head, StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }
}
