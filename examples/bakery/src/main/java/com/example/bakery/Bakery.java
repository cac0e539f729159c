package com.example.bakery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** The programs of the bakery: {@code counter} takes orders, {@code oven} bakes them. */
public final class Bakery {
    private static final int PORT = 8080;

    private Bakery() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(address(), PORT), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        answer(server, "/healthz", exchange -> new Answer(200, "well\n"));
        switch (String.join(" ", arguments)) {
            case "counter" -> new Counter().serve(server);
            case "oven" -> new Oven().serve(server);
            default -> throw new IllegalArgumentException("counter or oven?");
        }
        server.start();
    }

    // [listen]
    /** All addresses; where pods are processes of one machine, only the pod's own. */
    private static InetAddress address() throws IOException {
        String only = System.getenv("LISTEN_ADDRESS");
        return only == null ? new InetSocketAddress(0).getAddress() : InetAddress.getByName(only);
    }
    // [/listen]

    /** What a handler says: a status and a text. */
    record Answer(int status, String text) {}

    /** Like {@link HttpHandler}, but for one answer of plain text. */
    interface Page {
        Answer answer(HttpExchange exchange) throws IOException;
    }

    static void answer(HttpServer server, String path, Page page) {
        server.createContext(path, exchange -> {
            try (exchange) {
                Answer answer = page.answer(exchange);
                byte[] body = answer.text().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
                exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
                exchange.getResponseBody().write(body);
            }
        });
    }

    static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** What follows the last slash of the path. */
    static String last(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
