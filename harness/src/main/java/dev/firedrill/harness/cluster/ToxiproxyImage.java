package dev.firedrill.harness.cluster;

import java.util.Map;

/**
 * The image of Toxiproxy that network faults put between a client and a Service. An embedded cluster takes its own
 * server for it; elsewhere it is the real one.
 *
 * <p>Source: https://github.com/Shopify/toxiproxy/pkgs/container/toxiproxy
 */
public final class ToxiproxyImage {
    /** Names another image. */
    public static final String VARIABLE = "FIREDRILL_TOXIPROXY_IMAGE";

    private static final String PINNED = "ghcr.io/shopify/toxiproxy:2.12.0";

    private ToxiproxyImage() {}

    /** Its name, as a pod has it. */
    public static String name() {
        return ofEnvironment(System.getenv());
    }

    static String ofEnvironment(Map<String, String> environment) {
        String value = environment.getOrDefault(VARIABLE, "").strip();
        return value.isEmpty() ? PINNED : value;
    }
}
