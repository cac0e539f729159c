package dev.firedrill.harness.agent;

import java.time.Duration;
import java.util.Objects;

/**
 * Some connections that the agent is to open from inside of the cluster, one request on each.
 *
 * @param host a name as a client would use it
 * @param port from 1 to 65535
 * @param text what is sent; at most 256 KiB
 * @param finish whether the sending half is ended then
 * @param connections how many; from 1 to 100, some of them at the same time
 * @param timeout how long a connection may stay silent; at most 30 s
 */
public record WireRequest(String host, int port, String text, boolean finish, int connections, Duration timeout) {
    public WireRequest {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(timeout, "timeout");
    }
}
