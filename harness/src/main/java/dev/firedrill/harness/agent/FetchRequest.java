package dev.firedrill.harness.agent;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * One request that the agent is to send from inside of the cluster.
 *
 * @param method the HTTP method
 * @param url http or https
 * @param headers headers; {@code Host} replaces the one of the URL
 * @param body the body; empty for none; at most 256 KiB
 * @param timeout the time allowed; at most 30 s
 */
public record FetchRequest(String method, URI url, Map<String, String> headers, String body, Duration timeout) {
    public FetchRequest {
        Objects.requireNonNull(method, "method");
        Objects.requireNonNull(url, "url");
        Objects.requireNonNull(body, "body");
        Objects.requireNonNull(timeout, "timeout");
        headers = Map.copyOf(headers);
    }

    /** A GET, with 2 s allowed. */
    public static FetchRequest get(String url) {
        return new FetchRequest("GET", URI.create(url), Map.of(), "", Duration.ofSeconds(2));
    }

    public FetchRequest withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        more.putAll(headers);
        more.put(name, value);
        return new FetchRequest(method, url, more, body, timeout);
    }

    /** The same, by another method and with a body. */
    public FetchRequest sending(String otherMethod, String otherBody) {
        return new FetchRequest(otherMethod, url, headers, otherBody, timeout);
    }

    public FetchRequest within(Duration otherTimeout) {
        return new FetchRequest(method, url, headers, body, otherTimeout);
    }
}
