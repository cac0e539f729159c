package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.FetchRequest;
import dev.firedrill.harness.agent.FetchResult;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Proves a fault by a request from inside the cluster, on a new connection and by name as any client would make it: it
 * is not answered, or answered with an error.
 */
public final class RequestFails implements Proof {
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;

    private final String url;
    private final Map<String, String> headers;
    private final Duration within;
    private final int leastError;

    private RequestFails(String url, Map<String, String> headers, Duration within, int leastError) {
        this.url = url;
        this.headers = headers;
        this.within = within;
        this.leastError = leastError;
    }

    /**
     * Looks at a URL; an answer is an error from status 500 on.
     *
     * @param url as a client in the cluster would write it
     * @param within how long the effect may take
     */
    public static RequestFails to(String url, Duration within) {
        return new RequestFails(url, Map.of(), within, SERVER_ERROR);
    }

    /** The same request with one more header, such as {@code Host}. */
    public RequestFails withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new RequestFails(url, more, within, leastError);
    }

    /** The same request, of which an answer is an error from status 400 on: what was there is not found any more. */
    public RequestFails orIsRefused() {
        return new RequestFails(url, headers, within, CLIENT_ERROR);
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
        if (answer.answered() && answer.status() < leastError) {
            return Optional.empty();
        }
        String seen = answer.answered() ? "HTTP " + answer.status() : answer.error();
        return Optional.of("GET " + url + " from inside: " + seen);
    }
}
