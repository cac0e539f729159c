package dev.firedrill.harness.agent;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a prober requests, how often, and what it counts as healthy.
 *
 * @param name its name, unique among the plans of one prober
 * @param url where to connect and what to request; http or https
 * @param host the Host header; empty for the one that the URL says
 * @param method the HTTP method
 * @param headers further headers
 * @param interval the time between the intended starts of two requests; 10 ms to 1 h
 * @param timeout the time allowed for one request; 1 ms to 1 min, and at most 500 intervals
 * @param expectation what a healthy answer is
 * @param keepOpen whether requests share a connection that is kept open; otherwise each opens its own and resolves the
 *     name anew
 */
public record ProbePlan(
        String name,
        URI url,
        String host,
        String method,
        Map<String, String> headers,
        Duration interval,
        Duration timeout,
        AnswerExpectation expectation,
        boolean keepOpen) {
    /** The shortest time between two requests. */
    public static final Duration SHORTEST_INTERVAL = Duration.ofMillis(10);

    /** The longest. */
    public static final Duration LONGEST_INTERVAL = Duration.ofHours(1);

    /** The shortest time that is allowed for one request. */
    public static final Duration SHORTEST_TIMEOUT = Duration.ofMillis(1);

    private static final Duration LONGEST_TIMEOUT = Duration.ofMinutes(1);
    private static final int MOST_IN_FLIGHT = 500;
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public ProbePlan {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(expectation, "expectation");
        headers = Map.copyOf(headers);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a probe needs a name");
        }
        String scheme = url.getScheme();
        if (scheme == null || !SCHEMES.contains(scheme.toLowerCase(Locale.ROOT)) || url.getHost() == null) {
            throw new IllegalArgumentException("probe '" + name + "' needs an http or https URL with a host: " + url);
        }
        between(name, "interval", interval, SHORTEST_INTERVAL, LONGEST_INTERVAL);
        between(name, "timeout", timeout, SHORTEST_TIMEOUT, LONGEST_TIMEOUT);
        if (timeout.compareTo(interval.multipliedBy(MOST_IN_FLIGHT)) > 0) {
            throw new IllegalArgumentException("probe '" + name + "' would have more than " + MOST_IN_FLIGHT
                    + " requests open at once: its timeout is too long for its interval");
        }
    }

    /** The longest time that may be allowed for one request of a probe that asks at this interval. */
    public static Duration longestTimeout(Duration interval) {
        Duration inFlight = interval.multipliedBy(MOST_IN_FLIGHT);
        return inFlight.compareTo(LONGEST_TIMEOUT) < 0 ? inFlight : LONGEST_TIMEOUT;
    }

    static ProbePlan from(JsonNode node) {
        JsonNode expect = node.path("expect");
        return new ProbePlan(
                node.path("name").asString(""),
                URI.create(node.path("url").asString("")),
                node.path("host").asString(""),
                node.path("method").asString("GET"),
                Wire.texts(node.path("headers")),
                Duration.ofMillis(node.path("intervalMs").asLong(0)),
                Duration.ofMillis(node.path("timeoutMs").asLong(0)),
                new AnswerExpectation(
                        expect.path("status").asInt(200),
                        expect.path("contains").asString(""),
                        expect.path("pointer").asString("")),
                node.path("keepOpen").asBoolean(false));
    }

    ObjectNode json() {
        ObjectNode node = Wire.object(Map.of());
        node.put("name", name);
        node.put("url", url.toString());
        node.put("host", host);
        node.put("method", method);
        node.set("headers", Wire.object(headers));
        node.put("intervalMs", interval.toMillis());
        node.put("timeoutMs", timeout.toMillis());
        node.putObject("expect")
                .put("status", expectation.status())
                .put("contains", expectation.contains())
                .put("pointer", expectation.pointer());
        node.put("keepOpen", keepOpen);
        return node;
    }

    private static void between(String name, String what, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException("the " + what + " of probe '" + name + "' must be from "
                    + least.toMillis() + " ms to " + most.toMillis() + " ms: " + value.toMillis() + " ms");
        }
    }
}
