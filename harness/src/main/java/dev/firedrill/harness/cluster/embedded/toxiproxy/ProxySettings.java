package dev.firedrill.harness.cluster.embedded.toxiproxy;

/**
 * What a proxy is set to.
 *
 * @param name unique in its server
 * @param listen where it listens, {@code host:port}; empty or with port 0 for a free port
 * @param upstream where it leads, {@code host:port}
 * @param enabled whether it listens
 */
record ProxySettings(String name, String listen, String upstream, boolean enabled) {}
