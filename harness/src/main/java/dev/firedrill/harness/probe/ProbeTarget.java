package dev.firedrill.harness.probe;

import java.net.URI;
import java.util.Objects;

/** Where a probe connects. */
public sealed interface ProbeTarget {
    /** For people: {@code "http://ingress:8080"}. */
    String description();

    /**
     * A Service in the drill's namespace.
     *
     * @param name the Service's name
     * @param port the Service's port
     */
    record Service(String name, int port) implements ProbeTarget {
        public Service {
            Objects.requireNonNull(name, "name");
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("a port is a number from 1 to 65535: " + port);
            }
        }

        @Override
        public String description() {
            return "http://" + name + ":" + port;
        }
    }

    /**
     * An address as the vantage sees it.
     *
     * @param base scheme, host and port
     */
    record Url(URI base) implements ProbeTarget {
        static Url parse(String base) {
            URI uri = URI.create(base);
            String path = uri.getRawPath();
            if (path != null && !path.isEmpty() && !path.equals("/")) {
                throw new IllegalArgumentException("a probe's url has no path (say it with path(..)): " + base);
            }
            return new Url(uri);
        }

        @Override
        public String description() {
            return base.toString().replaceFirst("/$", "");
        }
    }
}
