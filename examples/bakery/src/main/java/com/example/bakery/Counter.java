package com.example.bakery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;

/** Takes orders at once, whatever becomes of the oven, and hands them on in their order. */
final class Counter {
    private static final Duration PATIENCE = Duration.ofMillis(500);
    private static final long EVERY_MILLIS = 100;

    private record Order(String id, String table, long version, String dish, Instant at) {}

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI oven = URI.create("http://" + System.getenv().getOrDefault("OVEN", "oven:8080") + "/bake");
    private final Map<String, Long> versions = new HashMap<>();
    private final BlockingDeque<Order> waiting = new LinkedBlockingDeque<>();

    void serve(HttpServer server) {
        Bakery.answer(server, "/orders/", this::take);
        Bakery.answer(server, "/metrics", exchange -> new Bakery.Answer(200, metrics()));
        Bakery.answer(server, "/", exchange -> new Bakery.Answer(200, "What would you like?\n"));
        Executors.newSingleThreadScheduledExecutor()
                .scheduleWithFixedDelay(this::handOn, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** {@code PUT /orders/TABLE} with a dish: the order's id and the version of the table's order. */
    private synchronized Bakery.Answer take(HttpExchange exchange) throws IOException {
        String table = Bakery.last(exchange);
        Order order = new Order(
                UUID.randomUUID().toString(),
                table,
                versions.merge(table, 1L, Long::sum),
                Bakery.body(exchange),
                Instant.now());
        waiting.add(order);
        return new Bakery.Answer(202, order.id() + " " + order.version() + "\n");
    }

    private void handOn() {
        try {
            for (Order next = waiting.peek(); next != null; next = waiting.peek()) {
                String line = next.id() + " " + next.table() + " " + next.version() + " " + next.dish();
                HttpRequest request = HttpRequest.newBuilder(oven)
                        .timeout(PATIENCE)
                        .POST(HttpRequest.BodyPublishers.ofString(line))
                        .build();
                int status = client.send(request, HttpResponse.BodyHandlers.discarding())
                        .statusCode();
                if (status != 200) {
                    return;
                }
                waiting.remove(next);
            }
        } catch (IOException e) {
            System.out.println(Instant.now() + " the oven does not answer: " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String metrics() {
        Order oldest = waiting.peek();
        double age = oldest == null ? 0 : Duration.between(oldest.at(), Instant.now()).toMillis() / 1000.0;
        return "bakery_orders_waiting " + waiting.size() + "\nbakery_oldest_order_seconds " + age + "\n";
    }
}
