package dev.firedrill.harness.cluster.embedded.proxy;

import java.nio.file.Path;
import java.util.Objects;

/**
 * What the service proxy needs to know besides what the API tells it.
 *
 * @param hostsDirectory where the hosts file of each namespace goes; made if it is not there
 * @param seed decides at which endpoint the balancing of each Service begins
 */
public record ProxyOptions(Path hostsDirectory, long seed) {
    public ProxyOptions {
        Objects.requireNonNull(hostsDirectory, "hostsDirectory");
    }
}
