package dev.firedrill.harness.agent;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Opens connections from inside of the cluster and tells how their bytes came, below what HTTP would show of it. */
final class WireDesk {
    private static final int MOST_CONNECTIONS = 100;
    private static final int MOST_TEXT = 256 * 1024;
    private static final int MOST_MILLIS = 30_000;
    private static final int BUFFER = 64 * 1024;

    private final Vertx vertx;

    WireDesk(Vertx vertx) {
        this.vertx = vertx;
    }

    private record Order(String host, int port, String text, boolean finish, int timeoutMillis) {}

    /** Opens what a message says; that no answer comes is a result too. */
    Future<ObjectNode> open(JsonNode message) {
        int connections = number(message, "connections", MOST_CONNECTIONS);
        Order order = new Order(
                message.path("host").asString(""),
                number(message, "port", 65_535),
                message.path("text").asString(""),
                message.path("finish").asBoolean(false),
                number(message, "timeoutMs", MOST_MILLIS));
        if (order.host().isEmpty() || order.text().length() > MOST_TEXT) {
            throw new Wire.WireException("needs a host, and a text of at most " + MOST_TEXT + " characters");
        }
        List<Future<ObjectNode>> all = IntStream.range(0, connections)
                .mapToObj(i -> vertx.executeBlocking(() -> talk(order), false))
                .toList();
        return Future.all(all).map(done -> {
            ObjectNode result = Wire.message();
            ArrayNode list = result.putArray("connections");
            all.forEach(each -> list.add(each.result()));
            return result;
        });
    }

    private static int number(JsonNode message, String name, int most) {
        int number = message.path(name).asInt(0);
        if (number < 1 || number > most) {
            throw new Wire.WireException(name + " is from 1 to " + most + ": " + number);
        }
        return number;
    }

    private static ObjectNode talk(Order order) {
        ObjectNode result = Wire.message();
        long begun = System.nanoTime();
        try (Socket socket = new Socket()) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(order.timeoutMillis());
            try {
                socket.connect(new InetSocketAddress(order.host(), order.port()), order.timeoutMillis());
            } catch (IOException e) {
                return result.put("end", "refused");
            }
            socket.getOutputStream().write(order.text().getBytes(StandardCharsets.UTF_8));
            if (order.finish()) {
                socket.shutdownOutput();
            }
            return result.put("end", listen(socket.getInputStream(), begun, result));
        } catch (IOException e) {
            return result.put("end", "reset");
        } finally {
            result.put("endMs", millisSince(begun));
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

    private static double millisSince(long begun) {
        return (System.nanoTime() - begun) / 1e6;
    }
}
