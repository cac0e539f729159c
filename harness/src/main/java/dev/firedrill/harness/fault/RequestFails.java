package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Proves a fault by a request from inside the cluster, on a new connection and by name as any client would make it: it
 * is not answered, or answered with a server error.
 */
public final class RequestFails implements Proof {
    private static final int SERVER_ERROR = 500;

    private final String url;
    private final Map<String, String> headers;
    private final Duration within;

    private RequestFails(String url, Map<String, String> headers, Duration within) {
        this.url = url;
        this.headers = headers;
        this.within = within;
    }

    /**
     * Looks at a URL.
     *
     * @param url as a client in the cluster would write it
     * @param within how long the effect may take
     */
    public static RequestFails to(String url, Duration within) {
        return new RequestFails(url, Map.of(), within);
    }

    /** The same request with one more header, such as {@code Host}. */
    public RequestFails withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RequestFails(url, more, within);
    }

    @Override
    public String describe() {
        return "GET " + url + " from inside fails" + (headers.isEmpty() ? "" : " (with " + headers.keySet() + ")");
    }

    @Override
    public Duration within() {
        return within;
    }

    @Override
    public Optional<String> evidence(FaultScene scene, FaultPlan plan) {
        FetchRequest request = FetchRequest.get(url);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        FetchResult answer = scene.agent().fetch(request);
        if (answer.answered() && answer.status() < SERVER_ERROR) {
            return Optional.empty();
        }
        String seen = answer.answered() ? "HTTP " + answer.status() : answer.error();
        return Optional.of("GET " + url + " from inside: " + seen);
    }
}
