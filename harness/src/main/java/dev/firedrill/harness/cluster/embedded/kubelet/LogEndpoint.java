package dev.firedrill.harness.cluster.embedded.kubelet;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves containers' logs to the API server: {@code GET /containerLogs/{namespace}/{pod}/{container}}, with a bearer
 * token,
 * on the node's address alone; and {@code GET /healthz} to everybody.
 */
final class LogEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(LogEndpoint.class);
    private static final int PATH_PARTS = 5;
    private static final int POD_PART = 3;
    private static final int CONTAINER_PART = 4;

    private final NodeContext context;
    private final BiFunction<String, String, Optional<PodWorker>> pods;

    /** @param pods finds a pod by namespace and name */
    LogEndpoint(NodeContext context, BiFunction<String, String, Optional<PodWorker>> pods) {
        this.context = context;
        this.pods = pods;
    }

    /** Listens on any free port of the node's address. */
    HttpServer listen() {
        HttpServer server = context.vertx().createHttpServer().requestHandler(this::handle);
        return server.listen(0, context.options().nodeAddress())
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private void handle(HttpServerRequest request) {
        List<String> parts = List.of(request.path().split("/", -1));
        if (request.path().equals("/healthz")) {
            request.response().end("ok");
        } else if (parts.size() != PATH_PARTS || !parts.get(1).equals("containerLogs")) {
            refuse(request, HttpURLConnection.HTTP_NOT_FOUND, "404 page not found");
        } else if (!HttpMethod.GET.equals(request.method())) {
            refuse(request, HttpURLConnection.HTTP_BAD_METHOD, "method not allowed");
        } else if (!authorized(request.getHeader("Authorization"))) {
            refuse(request, HttpURLConnection.HTTP_UNAUTHORIZED, "Unauthorized");
        } else {
            serve(request, parts.get(2), parts.get(POD_PART), parts.get(CONTAINER_PART));
        }
    }

    private boolean authorized(@org.jspecify.annotations.Nullable String header) {
        byte[] wanted = ("Bearer " + context.options().logToken()).getBytes(StandardCharsets.UTF_8);
        return header != null && MessageDigest.isEqual(wanted, header.getBytes(StandardCharsets.UTF_8));
    }

    private void serve(HttpServerRequest request, String namespace, String pod, String container) {
        LogQuery query;
        try {
            query = LogQuery.parse(request::getParam, Instant.now());
        } catch (IllegalArgumentException e) {
            refuse(request, HttpURLConnection.HTTP_BAD_REQUEST, String.valueOf(e.getMessage()));
            return;
        }
        Optional<PodWorker> worker = pods.apply(namespace, pod);
        if (worker.isEmpty()) {
            refuse(request, HttpURLConnection.HTTP_NOT_FOUND, "pod \"" + pod + "\" not found on this node");
            return;
        }
        Optional<ContainerSlot> slot = worker.get().container(container);
        if (slot.isEmpty()) {
            String message = "container " + container + " is not valid for pod " + pod;
            refuse(request, HttpURLConnection.HTTP_BAD_REQUEST, message);
            return;
        }
        ContainerLog log =
                query.previous() ? slot.get().previousLog() : slot.get().log();
        if (log == null) {
            String place = "container \"" + container + "\" in pod \"" + pod + "\"";
            refuse(
                    request,
                    HttpURLConnection.HTTP_BAD_REQUEST,
                    query.previous()
                            ? "previous terminated " + place + " not found"
                            : place + " is waiting to start: " + reason(slot.get()));
            return;
        }
        stream(request.response(), log, query);
    }

    private static String reason(ContainerSlot slot) {
        String waiting = String.valueOf(slot.waiting());
        return switch (waiting) {
            case "ErrImagePull" -> "image can't be pulled";
            case "ImagePullBackOff" -> "trying and failing to pull image";
            default -> waiting;
        };
    }

    private void stream(HttpServerResponse response, ContainerLog log, LogQuery query) {
        response.setChunked(true).putHeader("Content-Type", "text/plain");
        response.exceptionHandler(problem -> LOG.debug("log reader left", problem));
        context.pool().execute(() -> {
            try {
                new LogReader(log, query, new ResponseSink(response)).copy();
                response.end();
            } catch (IOException e) {
                LOG.debug("log {} not read to its end", log.file(), e);
                response.reset();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                response.reset();
            }
        });
    }

    private static void refuse(HttpServerRequest request, int status, String message) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "text/plain")
                .end(message);
    }

    /** Writes no faster than the other side reads. */
    private record ResponseSink(HttpServerResponse response) implements LogReader.Sink {
        @Override
        public boolean write(byte[] piece) throws InterruptedException {
            if (!open()) {
                return false;
            }
            response.write(Buffer.buffer(piece)).onFailure(problem -> LOG.debug("log reader left", problem));
            if (response.writeQueueFull()) {
                CountDownLatch drained = new CountDownLatch(1);
                response.drainHandler(nothing -> drained.countDown());
                while (response.writeQueueFull() && open()) {
                    if (drained.await(1, TimeUnit.SECONDS)) {
                        break;
                    }
                }
            }
            return open();
        }

        @Override
        public boolean open() {
            return !response.closed() && !response.ended();
        }
    }
}
