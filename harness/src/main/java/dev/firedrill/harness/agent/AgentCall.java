package dev.firedrill.harness.agent;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One thing that is asked of the agent, perhaps in several attempts. */
final class AgentCall {
    private final String method;
    private final String path;
    private final @Nullable String body;
    private final Duration serverWait;
    private final @Nullable String id;
    private long maybeArrived;

    private AgentCall(String method, String path, @Nullable String body, Duration serverWait, @Nullable String id) {
        this.method = method;
        this.path = path;
        this.body = body;
        this.serverWait = serverWait;
        this.id = id;
    }

    /**
     * One that may be carried out again.
     *
     * @param serverWait how long the agent may take by itself
     */
    static AgentCall of(String method, String path, @Nullable String body, Duration serverWait) {
        return new AgentCall(method, path, body, serverWait, null);
    }

    /** One that must not be carried out twice. */
    static AgentCall once(String path, String body, Duration serverWait) {
        return new AgentCall("POST", path, body, serverWait, UUID.randomUUID().toString());
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    @Nullable
    String body() {
        return body;
    }

    Duration serverWait() {
        return serverWait;
    }

    /** Notes that an attempt which began at this moment, by the nanosecond clock, may have arrived. */
    void maybeArrived(long begun) {
        if (maybeArrived == 0) {
            maybeArrived = begun;
        }
    }

    /** What the next attempt carries, so that the agent knows it again. */
    Map<String, String> headers() {
        if (id == null) {
            return Map.of();
        }
        long underWay = maybeArrived == 0 ? 0 : (System.nanoTime() - maybeArrived) / 1_000_000;
        return Map.of(AgentClient.ONCE_HEADER, id, AgentClient.UNDER_WAY_HEADER, Long.toString(underWay));
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
