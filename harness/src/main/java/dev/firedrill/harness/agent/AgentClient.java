package dev.firedrill.harness.agent;

import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.timeline.Timekeeper;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The harness's side of the agent: reads its inbox and its samples, and tells it what to do. It goes through the API
 * server's service proxy, and so reaches the agent on every kind of cluster. A call waits for an agent that restarts,
 * up to {@link #PATIENCE}. Safe for use by several threads.
 *
 * <pre>{@code
 * AgentClient agent = AgentClient.in(cluster.client(), "shop", Timekeeper.system());
 * FetchResult page = agent.fetch(FetchRequest.get("http://api:8080/v1/status"));
 * }</pre>
 *
 * Source: Kubernetes API, {@code /api/v1/namespaces/{ns}/services/{scheme:name:port}/proxy}.
 */
public final class AgentClient implements AutoCloseable {
    /** How long a call waits for an agent that does not answer. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /** The header that carries the agent's token. */
    static final String TOKEN_HEADER = "X-Firedrill-Token";

    /** The header with the id of a request that must not be carried out twice. */
    static final String ONCE_HEADER = "X-Firedrill-Once";

    /** For how many milliseconds such a request may have been on its way, in an attempt before this one. */
    static final String UNDER_WAY_HEADER = "X-Firedrill-Under-Way-Ms";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

    private static final Duration OFFSET_AGE = Duration.ofSeconds(30);
    private static final int CLOCK_READINGS = 5;

    private final AgentConnection connection;
    private final Timekeeper clock;
    private final AtomicLong answering = new AtomicLong();
    private @Nullable ClockOffset offset;
    private Duration offsetRead = Duration.ZERO;

    private AgentClient(AgentConnection connection, Timekeeper clock) {
        this.connection = connection;
        this.clock = clock;
    }

    /**
     * The agent that {@link AgentDeployment} put into a namespace; its token is read from there.
     *
     * @throws FiredrillException if there is none
     */
    public static AgentClient in(KubernetesClient client, String namespace, Timekeeper clock) {
        return new AgentClient(
                AgentConnection.throughApiServer(client, namespace, AgentDeployment.token(client, namespace)), clock);
    }

    /** A client of the same agent with an account of its own of {@link #answering}; it need not be closed. */
    public AgentClient timed() {
        return new AgentClient(connection, clock);
    }

    /**
     * How long what this client asked from inside of the cluster took to be answered, all together; of several
     * connections at once, the longest.
     */
    public Duration answering() {
        return Duration.ofNanos(answering.get());
    }

    /** An agent that listens at an address which is reachable from here: {@code http://127.0.0.1:8080}. */
    public static AgentClient at(URI address, String token, Timekeeper clock) {
        return new AgentClient(AgentConnection.direct(address, token), clock);
    }

    /**
     * Tells from now on, when the agent answers again, for how long it did not, in one line; by whichever thread asked.
     * What lasted less than a second is not told.
     */
    public void tellOutages(Consumer<String> listener) {
        connection.tellOutages(listener);
    }

    /**
     * Waits until the agent answers and its database is open.
     *
     * @throws FiredrillException if it does not in time; the message says what came instead
     */
    public void awaitReady(Duration atMost) {
        connection.send(AgentCall.of("GET", "/readyz", null, Duration.ZERO), atMost);
    }

    /**
     * Reads the inbox.
     *
     * @param after the cursor of the page before; 0 for the beginning
     * @param wait how long the agent may wait for something to come; at most 20 s
     */
    public InboxPage inbox(long after, Duration wait) {
        return InboxPage.from(get("/inbox", after, wait));
    }

    /** Reads the inside prober's samples; as {@link #inbox}. */
    public SamplePage samples(long after, Duration wait) {
        return SamplePage.from(get("/samples", after, wait));
    }

    /**
     * Replaces what the inside prober runs.
     *
     * @return the cursor after which the samples of these plans come
     */
    public long probe(Collection<ProbePlan> plans) {
        ObjectNode message = Wire.message();
        ArrayNode list = message.putArray("probes");
        plans.forEach(plan -> list.add(plan.json()));
        return put("/probes", message).path("cursor").asLong(0);
    }

    /** Turns the canary's check bad or good, and says what the agent has seen so far. */
    public CanaryState canary(boolean failing) {
        JsonNode state = put("/canary", Wire.message().put("failing", failing));
        return new CanaryState(
                state.path("failing").asBoolean(false),
                state.path("looks").asLong(0),
                state.path("webhooks").asLong(0));
    }

    /**
     * Sends one request from inside of the cluster. That the target does not answer is a result, not an exception. One
     * whose method is not safe (RFC 9110, 9.2.1) is sent once, however often the agent has to be asked; if the agent
     * was restarted meanwhile, so that nobody knows whether it was, the result is an error.
     *
     * @throws FiredrillException if the agent cannot be reached, or refuses the request
     */
    public FetchResult fetch(FetchRequest request) {
        ObjectNode message = Wire.message();
        message.put("method", request.method());
        message.put("url", request.url().toString());
        message.set("headers", Wire.object(request.headers()));
        message.put("body", request.body());
        message.put("timeoutMs", request.timeout().toMillis());
        FetchResult result = fetched(Wire.write(message), request);
        answering.addAndGet(result.took().toNanos());
        return result;
    }

    private FetchResult fetched(String message, FetchRequest request) {
        if (SAFE.contains(request.method())) {
            return FetchResult.from(
                    connection.send(AgentCall.of("POST", "/fetch", message, request.timeout()), PATIENCE));
        }
        try {
            return FetchResult.from(connection.send(AgentCall.once("/fetch", message, request.timeout()), PATIENCE));
        } catch (AgentConnection.OutcomeUnknownException unknown) {
            return new FetchResult(0, Map.of(), "", Duration.ZERO, String.valueOf(unknown.getMessage()));
        }
    }

    /**
     * Opens connections from inside of the cluster and tells what each was like. That there is no answer is a result.
     *
     * @throws FiredrillException if the agent cannot be reached, or refuses the request
     */
    public List<WireResult> wire(WireRequest request) {
        ObjectNode message = message(request).put("connections", request.connections());
        Duration atMost = request.timeout().multipliedBy(request.connections());
        return results(connection.send(AgentCall.of("POST", "/wire", Wire.write(message), atMost), PATIENCE));
    }

    /**
     * Opens one connection from inside of the cluster, waits for the beginning of an answer on it, and keeps it open
     * under a name, in place of the one of that name.
     *
     * @param request what is asked first; whoever answers must leave the connection open
     * @return whether it was answered
     * @throws FiredrillException as of {@link #wire}
     */
    public boolean hold(String name, WireRequest request) {
        String message = Wire.write(message(request).put("name", name));
        return connection
                .send(AgentCall.of("PUT", "/held", message, request.timeout()), PATIENCE)
                .path("held")
                .asBoolean(false);
    }

    /**
     * Asks on the connection that is held under a name, and lets go of it.
     *
     * @return what it was like; empty if there is none, or it has ended meanwhile
     * @throws FiredrillException as of {@link #wire}
     */
    public Optional<WireResult> askHeld(String name, WireRequest request) {
        String message = Wire.write(message(request).put("name", name));
        try {
            return results(connection.send(AgentCall.once("/held", message, request.timeout()), PATIENCE)).stream()
                    .findFirst();
        } catch (AgentConnection.OutcomeUnknownException restarted) {
            return Optional.empty();
        }
    }

    private static ObjectNode message(WireRequest request) {
        return Wire.message()
                .put("host", request.host())
                .put("port", request.port())
                .put("text", request.text())
                .put("finish", request.finish())
                .put("timeoutMs", request.timeout().toMillis());
    }

    private List<WireResult> results(JsonNode answer) {
        List<WireResult> results = new ArrayList<>();
        answer.path("connections").forEach(each -> results.add(WireResult.from(each)));
        double longest =
                results.stream().mapToDouble(WireResult::endMillis).max().orElse(0);
        answering.addAndGet(Math.round(longest * 1e6));
        return results;
    }

    /** Estimates how the agent's clock differs from ours, from the quickest of a few readings, as NTP does. */
    public ClockOffset clockOffset() {
        List<ClockOffset> readings = new ArrayList<>();
        IntStream.range(0, CLOCK_READINGS).forEach(i -> readings.add(readClock()));
        return readings.stream().min(Comparator.comparing(ClockOffset::bound)).orElseThrow();
    }

    /** The last estimate, taken anew when it is older than half a minute. */
    public synchronized ClockOffset recentClockOffset() {
        ClockOffset known = offset;
        Duration now = clock.elapsed();
        if (known == null || now.minus(offsetRead).compareTo(OFFSET_AGE) > 0) {
            known = clockOffset();
            offset = known;
            offsetRead = now;
        }
        return known;
    }

    private ClockOffset readClock() {
        Duration asked = clock.elapsed();
        Instant agent = Instant.parse(connection
                .send(AgentCall.of("GET", "/clock", null, Duration.ZERO), PATIENCE)
                .path("now")
                .asString());
        Duration half = clock.elapsed().minus(asked).dividedBy(2);
        return new ClockOffset(Duration.between(clock.now().minus(half), agent), half);
    }

    private JsonNode get(String path, long after, Duration wait) {
        String query = "?after=" + after + "&wait=" + wait.toMillis();
        return connection.send(AgentCall.of("GET", path + query, null, wait), PATIENCE);
    }

    private JsonNode put(String path, ObjectNode message) {
        return connection.send(AgentCall.of("PUT", path, Wire.write(message), Duration.ZERO), PATIENCE);
    }

    /** Lets go of what this client opened by itself; the agent runs on. */
    @Override
    public void close() {
        connection.close();
    }
}
