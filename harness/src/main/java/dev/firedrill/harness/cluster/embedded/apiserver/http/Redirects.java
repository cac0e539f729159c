package dev.firedrill.harness.cluster.embedded.apiserver.http;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a proxied request is sent on to.
 *
 * <p>Source: k8s.io/apimachinery, {@code pkg/util/proxy} ({@code transport.go}, {@code upgradeaware.go}).
 */
final class Redirects {
    private static final Set<String> READING = Set.of("GET", "HEAD");

    private Redirects() {}

    /** Where a request for the root that forgot its slash finds it; empty for any other. */
    static Optional<String> toRoot(ResourcePath path, String method, String asked, @Nullable String query) {
        boolean root = path.tail().isEmpty() && READING.contains(method);
        return root ? Optional.of(asked + "/" + (query == null ? "" : "?" + query)) : Optional.empty();
    }

    /** What stands before the backend's own path in the path that was asked for. */
    static String prefix(ResourcePath path, String asked) {
        return asked.endsWith(path.tail())
                ? asked.substring(0, asked.length() - path.tail().length())
                : asked;
    }

    /**
     * A location that the backend names, as it is reached through the proxy; another host's, and one that is relative
     * to what was asked for, as it is.
     *
     * @param backend its host and port
     * @param host that the caller asked
     */
    static String through(String location, String prefix, String backend, @Nullable String host) {
        URI uri;
        try {
            uri = URI.create(location);
        } catch (IllegalArgumentException unreadable) {
            return location;
        }
        String named = uri.getRawAuthority();
        boolean elsewhere = named != null && !named.equals(backend) && !named.equals(host);
        String path = uri.getRawPath();
        if (elsewhere || path == null || !path.startsWith("/")) {
            return location;
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String fragment = uri.getRawFragment() == null ? "" : "#" + uri.getRawFragment();
        return (path.startsWith(prefix) ? path : prefix + path) + query + fragment;
    }
}
