package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens connections from inside of the cluster and tells how their bytes came, below what HTTP would show of it; on
 * threads of its own, since each may take half a minute, and a probe that looks up a name must not wait for it.
 */
final class WireDesk implements AutoCloseable {
    private static final int WORKERS = 4;
    private static final int MOST_HELD = 20;
    private static final int MOST_CONNECTIONS = 100;
    private static final int MOST_TEXT = 256 * 1024;
    private static final int MOST_MILLIS = 30_000;
    private static final int QUIET_MILLIS = 50;
    private static final int GLANCE_MILLIS = 1;
    private static final int BUFFER = 64 * 1024;

    private final WorkerExecutor workers;
    private final Map<String, Held> held = new ConcurrentHashMap<>();

    WireDesk(Vertx vertx) {
        this.workers = vertx.createSharedWorkerExecutor("wires", WORKERS);
    }

    /**
     * A connection that is kept.
     *
     * @param open whether it is still open when no more comes of what was asked; known soon
     */
    private record Held(Socket socket, Future<Boolean> open) {}

    private record Order(String host, int port, String text, boolean finish, int timeoutMillis) {}

    /** Opens what a message says; that no answer comes is a result too. */
    Future<ObjectNode> open(JsonNode message) {
        int connections = number(message, "connections", MOST_CONNECTIONS);
        Order order = order(message);
        List<Future<ObjectNode>> all = IntStream.range(0, connections)
                .mapToObj(i -> workers.executeBlocking(() -> talk(order), false))
                .toList();
        return Future.all(all).map(done -> {
            ObjectNode result = Wire.message();
            ArrayNode list = result.putArray("connections");
            all.forEach(each -> list.add(each.result()));
            return result;
        });
    }

    /**
     * Opens one connection, waits for the beginning of an answer on it, and keeps it under a name, in place of the one
     * that has it: until something is asked on it, or the agent ends.
     */
    Future<ObjectNode> hold(JsonNode message) {
        String name = name(message);
        Order order = order(message);
        if (held.size() >= MOST_HELD && !held.containsKey(name)) {
            throw new Wire.WireException("holds " + MOST_HELD + " connections already");
        }
        return workers.executeBlocking(() -> Wire.message().put("held", hold(name, order)), false);
    }

    private boolean hold(String name, Order order) {
        release(held.remove(name));
        Socket socket = new Socket();
        try {
            connect(socket, order);
            send(socket, order);
            if (socket.getInputStream().read() >= 0) {
                Future<Boolean> open = workers.executeBlocking(() -> isQuiet(socket, QUIET_MILLIS), false);
                release(held.put(name, new Held(socket, open)));
                return true;
            }
        } catch (IOException ignored) {
            // Nothing to hold.
        }
        close(socket);
        return false;
    }

    /** Whether it is still open when nothing has come for a while; what never ends is not waited for. */
    private static boolean isQuiet(Socket socket, int millis) throws IOException {
        socket.setSoTimeout(millis);
        byte[] rest = new byte[BUFFER];
        long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MOST_MILLIS);
        try {
            while (System.nanoTime() < until && socket.getInputStream().read(rest) >= 0) {
                // More of the answer.
            }
            return false;
        } catch (SocketTimeoutException quiet) {
            return true;
        }
    }

    /** Asks on the connection that is held under a name, and lets go of it; nothing if it ended meanwhile. */
    Future<ObjectNode> askHeld(JsonNode message) {
        Order order = order(message);
        Held one = held.remove(name(message));
        return one == null
                ? Future.succeededFuture(Wire.message())
                : one.open()
                        .otherwise(false)
                        .compose(open -> workers.executeBlocking(() -> ask(one.socket(), open, order), false));
    }

    private static ObjectNode ask(Socket socket, boolean open, Order order) {
        ObjectNode result = Wire.message();
        try {
            if (open && isQuiet(socket, GLANCE_MILLIS)) {
                socket.setSoTimeout(order.timeoutMillis());
                result.putArray("connections").add(talk(socket, order, true));
            }
        } catch (IOException ended) {
            AgentLog.line("a connection that was held ended: " + ended.getMessage());
        } finally {
            close(socket);
        }
        return result;
    }

    private static void release(@Nullable Held one) {
        if (one != null) {
            close(one.socket());
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException ignored) {
            // It is of no use any more.
        }
    }

    private static String name(JsonNode message) {
        String name = message.path("name").asString("");
        if (name.isEmpty()) {
            throw new Wire.WireException("needs a name");
        }
        return name;
    }

    private static Order order(JsonNode message) {
        Order order = new Order(
                message.path("host").asString(""),
                number(message, "port", 65_535),
                message.path("text").asString(""),
                message.path("finish").asBoolean(false),
                number(message, "timeoutMs", MOST_MILLIS));
        if (order.host().isEmpty() || order.text().length() > MOST_TEXT) {
            throw new Wire.WireException("needs a host, and a text of at most " + MOST_TEXT + " characters");
        }
        return order;
    }

    private static int number(JsonNode message, String name, int most) {
        int number = message.path(name).asInt(0);
        if (number < 1 || number > most) {
            throw new Wire.WireException(name + " is from 1 to " + most + ": " + number);
        }
        return number;
    }

    private static ObjectNode talk(Order order) {
        try (Socket socket = new Socket()) {
            return talk(socket, order, false);
        } catch (IOException e) {
            return Wire.message().put("end", "reset");
        }
    }

    private static ObjectNode talk(Socket socket, Order order, boolean open) {
        ObjectNode result = Wire.message();
        long begun = System.nanoTime();
        try {
            if (!open) {
                try {
                    connect(socket, order);
                } catch (IOException e) {
                    return result.put("end", "refused");
                }
            }
            send(socket, order);
            return result.put("end", listen(socket.getInputStream(), begun, result));
        } catch (IOException e) {
            return result.put("end", "reset");
        } finally {
            result.put("endMs", millisSince(begun));
        }
    }

    private static void connect(Socket socket, Order order) throws IOException {
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(order.timeoutMillis());
        socket.connect(new InetSocketAddress(order.host(), order.port()), order.timeoutMillis());
    }

    private static void send(Socket socket, Order order) throws IOException {
        socket.getOutputStream().write(order.text().getBytes(StandardCharsets.UTF_8));
        if (order.finish()) {
            socket.shutdownOutput();
        }
    }

    private static String listen(InputStream in, long begun, ObjectNode result) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long bytes = 0;
        int pieces = 0;
        try {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                if (pieces == 0) {
                    result.put("firstMs", millisSince(begun));
                }
                result.put("lastMs", millisSince(begun));
                pieces++;
                bytes += read;
            }
            return "closed";
        } catch (SocketTimeoutException e) {
            return "silent";
        } finally {
            result.put("bytes", bytes).put("pieces", pieces);
        }
    }

    /** Lets go of what is held. */
    @Override
    public void close() {
        held.values().forEach(WireDesk::release);
        workers.close();
    }

    private static double millisSince(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }
}
