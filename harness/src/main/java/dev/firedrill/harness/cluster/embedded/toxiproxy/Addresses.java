package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses as requests write them, {@code host:port}; without a host, or with {@code 0.0.0.0}, all there are. */
final class Addresses {
    private final String wildcard;

    /** @param wildcard what is meant by all addresses; empty for really all */
    Addresses(String wildcard) {
        this.wildcard = wildcard;
    }

    /** Where to listen; throws as the API answers. An empty text is a free port. */
    InetSocketAddress toListen(String text) {
        String written = text.isEmpty() ? ":0" : text;
        String host = host(written, "listen");
        int port = port(written, "listen");
        try {
            boolean all = host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
            return all && wildcard.isEmpty()
                    ? new InetSocketAddress(port)
                    : new InetSocketAddress(InetAddress.getByName(all ? wildcard : host), port);
        } catch (UnknownHostException e) {
            throw new ApiException(500, "listen tcp: lookup " + host + ": no such host");
        }
    }

    /** Where to connect, resolved anew; throws if it is no address. */
    static InetSocketAddress toDial(String text) {
        return new InetSocketAddress(host(text, "dial"), port(text, "dial"));
    }

    private static String host(String text, String what) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            throw new ApiException(500, what + " tcp: address " + text + ": missing port in address");
        }
        String host = text.substring(0, colon);
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static int port(String text, String what) {
        String port = text.substring(text.lastIndexOf(':') + 1);
        if (!port.matches("\\d{1,5}") || Integer.parseInt(port) > 65_535) {
            throw new ApiException(500, what + " tcp: address " + text + ": invalid port");
        }
        return Integer.parseInt(port);
    }

    /** As the API shows it. */
    static String text(InetSocketAddress address) {
        InetAddress host = address.getAddress();
        if (host.isAnyLocalAddress()) {
            return "[::]:" + address.getPort();
        }
        String text = host.getHostAddress();
        return (text.contains(":") ? "[" + text + "]" : text) + ":" + address.getPort();
    }
}
