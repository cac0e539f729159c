package dev.firedrill.harness.probe;

import dev.firedrill.harness.agent.AnswerExpectation;
import dev.firedrill.harness.agent.OpenLoopProber;
import dev.firedrill.harness.agent.ProbePlan;
import dev.firedrill.harness.model.Vantage;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A probe, as data: from where it looks, at what, how often, and how deep.
 *
 * <pre>{@code
 * ProbeSpec publicApi = ProbeSpec.outside("public").service("ingress", 8080)
 *         .host("api.example.com").path("/v1/status").build();
 * ProbeSpec internal = ProbeSpec.inside("internal").url("http://ingress-internal:8081")
 *         .host("api.internal").path("/internal/workflow-runs").header("Authorization", "Bearer " + token)
 *         .withData("/items").build();
 * }</pre>
 *
 * @param name its name, unique in a drill
 * @param vantage from where it looks
 * @param target where it connects
 * @param host the Host header; empty for the target's own name
 * @param path path and query of the request
 * @param method the HTTP method
 * @param headers further headers; they are not written into the journal
 * @param interval the time between the intended starts of two requests; 10 ms to 1 h
 * @param timeout the time allowed for one request; 1 ms to 1 min
 * @param expectation what a healthy answer is
 * @param connection whether each request opens its own connection
 */
public record ProbeSpec(
        String name,
        Vantage vantage,
        ProbeTarget target,
        String host,
        String path,
        String method,
        Map<String, String> headers,
        Duration interval,
        Duration timeout,
        AnswerExpectation expectation,
        Connection connection) {
    /** An open connection can stay healthy while new ones fail, and the other way round: probe both. */
    public enum Connection {
        /** Each request opens a connection, and resolves the name, as a new client would. */
        FRESH,
        /** Requests share one connection that is kept open; it is opened again when it breaks. */
        KEPT
    }

    public ProbeSpec {
        Objects.requireNonNull(vantage, "vantage");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(connection, "connection");
        headers = Map.copyOf(headers);
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("the path of probe '" + name + "' begins with a slash: '" + path + "'");
        }
        plan(
                name,
                URI.create("http://target" + path),
                host,
                method,
                headers,
                interval,
                timeout,
                expectation,
                connection);
    }

    /** A probe that looks as a user outside of the cluster does. */
    public static Builder outside(String name) {
        return new Builder(name, Vantage.OUTSIDE);
    }

    /** A probe that looks from a pod in the cluster. */
    public static Builder inside(String name) {
        return new Builder(name, Vantage.INSIDE);
    }

    /** How deep it looks, for people: {@code "answers"} or {@code "answers with data"}. */
    public String depth() {
        return expectation.looksAtData() ? "answers with data" : "answers";
    }

    /** Where it looks, for people: {@code "http://ingress-internal:8081/internal/users (host api.internal)"}. */
    public String describeTarget() {
        return target.description() + path + (host.isEmpty() ? "" : " (host " + host + ")");
    }

    /** From where it looks at what, for people: {@code "from inside at http://api:8080/v1/status"}. */
    public String describeView() {
        return "from " + Probes.label(vantage) + " at " + describeTarget();
    }

    /** What a probe of this name is called where it is run beside itself, on a connection that is kept open. */
    public static String nameOnOpenConnection(String name) {
        return name + " (open connection)";
    }

    /** The same probe under another name, on a connection that is kept open. */
    public ProbeSpec onOpenConnection(String otherName) {
        return new ProbeSpec(
                otherName,
                vantage,
                target,
                host,
                path,
                method,
                headers,
                interval,
                timeout,
                expectation,
                Connection.KEPT);
    }

    /** The same probe at another interval. */
    public ProbeSpec every(Duration other) {
        return new ProbeSpec(
                name, vantage, target, host, path, method, headers, other, timeout, expectation, connection);
    }

    /** The longest that one of its requests may be open. */
    Duration longestAnswer() {
        return OpenLoopProber.longest(planAt(URI.create("http://target")));
    }

    /** What a prober is told, once the target's address is known: {@code http://127.7.1.3:8080}. */
    ProbePlan planAt(URI base) {
        return plan(
                name,
                URI.create(base.toString().replaceFirst("/$", "") + path),
                host,
                method,
                headers,
                interval,
                timeout,
                expectation,
                connection);
    }

    private static ProbePlan plan(
            String name,
            URI url,
            String host,
            String method,
            Map<String, String> headers,
            Duration interval,
            Duration timeout,
            AnswerExpectation expectation,
            Connection connection) {
        return new ProbePlan(
                name, url, host, method, headers, interval, timeout, expectation, connection == Connection.KEPT);
    }

    /** Collects what a probe needs; what is not said is GET of {@code /}, every 100 ms, 1.5 s allowed, status 200. */
    public static final class Builder {
        /**
         * A connection whose first packet is lost is tried again after 1 s (RFC 6298, section 2), and then succeeds: it
         * is slow, and no outage.
         */
        private static final Duration LONGER_THAN_A_LOST_PACKET = Duration.ofMillis(1500);

        private final String name;
        private final Vantage vantage;
        private @Nullable ProbeTarget target;
        private String host = "";
        private String path = "/";
        private String method = "GET";
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Duration interval = Duration.ofMillis(100);
        private Duration timeout = LONGER_THAN_A_LOST_PACKET;
        private AnswerExpectation expectation = AnswerExpectation.status(200);
        private Connection connection = Connection.FRESH;

        private Builder(String name, Vantage vantage) {
            this.name = name;
            this.vantage = vantage;
        }

        /** A Service of the drill's namespace: by its published address from outside, by its name from inside. */
        public Builder service(String service, int port) {
            target = new ProbeTarget.Service(service, port);
            return this;
        }

        /** An address as the vantage sees it: {@code http://ingress-internal:8081}; scheme, host and port alone. */
        public Builder url(String base) {
            target = ProbeTarget.Url.parse(base);
            return this;
        }

        public Builder host(String value) {
            host = value;
            return this;
        }

        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder method(String value) {
            method = value;
            return this;
        }

        public Builder header(String header, String value) {
            headers.put(header, value);
            return this;
        }

        public Builder every(Duration value) {
            interval = value;
            return this;
        }

        /** The time allowed for one request, from its intended start; 1.5 s unless it is said. */
        public Builder timeout(Duration value) {
            timeout = value;
            return this;
        }

        /** The HTTP status of a healthy answer. */
        public Builder status(int value) {
            expectation = new AnswerExpectation(value, expectation.contains(), expectation.pointer());
            return this;
        }

        /** A text that a healthy answer contains. */
        public Builder containing(String text) {
            expectation = expectation.containing(text);
            return this;
        }

        /** A JSON pointer to what a healthy answer has, and is not empty. */
        public Builder withData(String jsonPointer) {
            expectation = expectation.withData(jsonPointer);
            return this;
        }

        /** Requests share a connection that is kept open. */
        public Builder keepOpen() {
            connection = Connection.KEPT;
            return this;
        }

        /**
         * The probe.
         *
         * @throws IllegalArgumentException if the target is not said, or a value is out of its range
         */
        public ProbeSpec build() {
            if (target == null) {
                throw new IllegalArgumentException("probe '" + name + "' needs a target: service(..) or url(..)");
            }
            return new ProbeSpec(
                    name, vantage, target, host, path, method, headers, interval, timeout, expectation, connection);
        }
    }
}
