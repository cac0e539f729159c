package dev.firedrill.harness.cluster.embedded.apiserver;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;

/**
 * How an {@link ApiServer} is started.
 *
 * @param address the loopback address to bind, such as {@code 127.7.0.1}
 * @param port 0 takes a free one
 * @param servicePrefix the first two bytes of Services' addresses, such as {@code 127.7}
 * @param kubeletToken with which the server shows itself to the kubelet when it asks for logs
 * @param directory for files of this server; created if absent, readable by this user alone
 * @param clock of timestamps and tokens
 * @param history how many changes of each resource a watch can catch up on, &gt; 0
 * @param bookmarks how often a watch is told how far it has come
 */
public record ApiServerOptions(
        String address,
        int port,
        String servicePrefix,
        String kubeletToken,
        Path directory,
        Clock clock,
        int history,
        Duration bookmarks) {
    private static final int DEFAULT_HISTORY = 10_000;
    private static final Duration DEFAULT_BOOKMARKS = Duration.ofSeconds(10);

    public ApiServerOptions {
        Objects.requireNonNull(clock, "clock");
        if (!address.startsWith("127.")) {
            throw new IllegalArgumentException("address must be a loopback address 127.x.y.z: " + address);
        }
        if (history < 1) {
            throw new IllegalArgumentException("history must be a positive number: " + history);
        }
    }

    /** On a free port of an address, with Service addresses from the same /16 block. */
    public static ApiServerOptions at(String address, String kubeletToken, Path directory) {
        String[] bytes = address.split("\\.", -1);
        String prefix = bytes[0] + "." + bytes[1];
        return new ApiServerOptions(
                address, 0, prefix, kubeletToken, directory, Clock.systemUTC(), DEFAULT_HISTORY, DEFAULT_BOOKMARKS);
    }

    /** With another port; 0 takes a free one. */
    public ApiServerOptions withPort(int another) {
        return new ApiServerOptions(
                address, another, servicePrefix, kubeletToken, directory, clock, history, bookmarks);
    }

    /** With a shorter or longer memory for watches that resume. */
    public ApiServerOptions withHistory(int changes) {
        return new ApiServerOptions(address, port, servicePrefix, kubeletToken, directory, clock, changes, bookmarks);
    }

    /** With bookmarks more or less often. */
    public ApiServerOptions withBookmarks(Duration interval) {
        return new ApiServerOptions(address, port, servicePrefix, kubeletToken, directory, clock, history, interval);
    }
}
