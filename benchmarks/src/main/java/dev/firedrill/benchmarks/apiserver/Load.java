package dev.firedrill.benchmarks.apiserver;

import dev.firedrill.benchmarks.measure.MeasurementException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * As many requests as the server answers on some connections, each of which sends the next when the last is answered:
 * of a hundred 80 get an object, 10 list ten by a label, 6 patch, 2 create and 2 delete what was created.
 */
final class Load {
    private static final int CONNECTIONS = 16;
    private static final int HUNDRED = 100;
    private static final int GETS = 80;
    private static final int LISTS = 90;
    private static final int PATCHES = 96;
    private static final int FIRST_ERROR = 300;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final MeasuredServer server;
    private final Requests requests;

    Load(MeasuredServer server) {
        this.server = server;
        this.requests = server.requests();
    }

    /** Stores the objects. */
    void populate() {
        for (int each = 0; each < Population.NAMESPACES; each++) {
            namespace(Population.namespace(each));
        }
        namespace(Population.WATCHED);
        onAllConnections((connection, thread) -> {
            for (int number = thread; number < Population.OBJECTS; number += CONNECTIONS) {
                demand(connection, requests.post(Population.collection(number), Population.body(number)));
            }
            return 0L;
        });
    }

    private void namespace(String name) {
        try (TlsConnection connection = server.connect()) {
            demand(connection, requests.post("/api/v1/namespaces", Population.named("Namespace", name)));
            // Without it no pod may be created; where there are controllers, they make it.
            demand(
                    connection,
                    requests.post(
                            "/api/v1/namespaces/" + name + "/serviceaccounts",
                            Population.named("ServiceAccount", "default")));
        } catch (IOException e) {
            throw new MeasurementException("cannot create namespace " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * Loads the server for a time.
     *
     * @return answers per second
     * @throws MeasurementException if one answer is an error
     */
    double run(Duration time, long seed) {
        long start = System.nanoTime();
        long end = start + time.toNanos();
        long answers = onAllConnections((connection, thread) -> {
            Mix mix = new Mix(new SplittableRandom(seed + thread), "extra-" + seed + "-" + thread);
            long count = 0;
            while (System.nanoTime() - end < 0) {
                demand(connection, mix.next());
                count++;
            }
            return count + mix.tidy(connection);
        });
        return answers / ((System.nanoTime() - start) / 1e9);
    }

    private static void demand(TlsConnection connection, byte[] request) throws IOException {
        int status = connection.exchange(request);
        if (status >= FIRST_ERROR) {
            String text = new String(request, java.nio.charset.StandardCharsets.UTF_8);
            throw new IOException("status " + status + " for " + text.substring(0, text.indexOf(" HTTP")));
        }
    }

    private long onAllConnections(Work work) {
        ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            List<Future<Long>> parts = new ArrayList<>();
            for (int each = 0; each < CONNECTIONS; each++) {
                int thread = each;
                parts.add(threads.submit(() -> {
                    try (TlsConnection connection = server.connect()) {
                        return work.run(connection, thread);
                    }
                }));
            }
            long sum = 0;
            for (Future<Long> part : parts) {
                sum += part.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            }
            return sum;
        } catch (ExecutionException | TimeoutException e) {
            throw new MeasurementException("the load broke off: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MeasurementException("interrupted", e);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What one connection does; yields how many answers it got. */
    @FunctionalInterface
    private interface Work {
        long run(TlsConnection connection, int thread) throws IOException;
    }

    /** The requests of one connection, drawn from a seed. */
    private final class Mix {
        private final SplittableRandom random;
        private final String extra;
        private int extraNumber = -1;
        private int extras;
        private long patches;

        Mix(SplittableRandom random, String extra) {
            this.random = random;
            this.extra = extra;
        }

        byte[] next() {
            int dice = random.nextInt(HUNDRED);
            int number = random.nextInt(Population.OBJECTS);
            if (dice < GETS) {
                return requests.get(Population.path(number));
            }
            if (dice < LISTS) {
                return requests.get(Population.group(number));
            }
            if (dice < PATCHES) {
                String body = "{\"metadata\":{\"annotations\":{\"touched\":\"" + ++patches + "\"}}}";
                return requests.patch(Population.path(number), body);
            }
            return extraNumber < 0 ? create(number) : delete();
        }

        private byte[] create(int number) {
            extraNumber = number;
            return requests.post(Population.collection(number), Population.extraBody(number, name()));
        }

        private byte[] delete() {
            String path = Population.collection(extraNumber) + "/" + name() + "?gracePeriodSeconds=0";
            extraNumber = -1;
            extras++;
            return requests.delete(path);
        }

        private String name() {
            return extra + "-" + extras;
        }

        /** Removes what was created last, so that as many objects are stored as before; yields the answers. */
        long tidy(TlsConnection connection) throws IOException {
            if (extraNumber < 0) {
                return 0;
            }
            demand(connection, delete());
            return 1;
        }
    }
}
