package com.example.bakery;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bakes each order once, and none that a newer one has replaced; tells what it did. */
final class Oven {
    private record Served(long version, String dish) {}

    private final Map<String, Served> tables = new HashMap<>();
    private final Set<String> baked = new HashSet<>();
    private final List<String> log = new ArrayList<>();

    void serve(HttpServer server) {
        Bakery.answer(server, "/bake", this::bake);
        Bakery.answer(server, "/log/", this::log);
        Bakery.answer(server, "/tables/", this::table);
        Bakery.answer(server, "/metrics", exchange -> new Bakery.Answer(200, "bakery_baked_total " + baked() + "\n"));
    }

    private synchronized int baked() {
        return baked.size();
    }

    private synchronized Bakery.Answer bake(HttpExchange exchange) throws IOException {
        String[] order = Bakery.body(exchange).split(" ", 4);
        String table = order[1];
        long version = Long.parseLong(order[2]);
        Served now = tables.get(table);
        String action;
        if (!baked.add(order[0])) {
            action = "duplicate";
        } else if (now != null && now.version() >= version) {
            action = "stale";
        } else {
            action = "applied";
            tables.put(table, new Served(version, order[3]));
        }
        log.add(order[0] + " " + table + " " + version + " " + action + " " + order[3]);
        return new Bakery.Answer(200, action + "\n");
    }

    /** {@code GET /log/N}: what was done after the N-th order. */
    private synchronized Bakery.Answer log(HttpExchange exchange) {
        int after = Math.min(Integer.parseInt(Bakery.last(exchange)), log.size());
        return new Bakery.Answer(200, String.join("\n", log.subList(after, log.size())));
    }

    /** {@code GET /tables/TABLE}: what is on the table, with its version. */
    private synchronized Bakery.Answer table(HttpExchange exchange) {
        Served served = tables.get(Bakery.last(exchange));
        return served == null
                ? new Bakery.Answer(404, "")
                : new Bakery.Answer(200, served.version() + " " + served.dish());
    }
}
