package dev.firedrill.harness.cluster.embedded.toxiproxy;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.FiredrillException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The embedded Toxiproxy as a program, with the flags of {@code toxiproxy-server}: what an image of Toxiproxy is on an
 * embedded cluster. There {@code LISTEN_ADDRESS} is the one address that is its own.
 *
 * <p>Exit status: 2 for bad flags, 1 if it cannot run.
 */
public final class Toxiproxy {
    private static final Set<String> WITH_VALUE = Set.of("host", "port", "config", "seed");
    private static final Set<String> SWITCHES = Set.of("proxy-metrics", "runtime-metrics");

    private Toxiproxy() {}

    /** Runs until it is ended. */
    public static void main(String[] arguments) {
        // A name is looked up for each new connection, as the real server does.
        Security.setProperty("networkaddress.cache.ttl", "0");
        Security.setProperty("networkaddress.cache.negative.ttl", "0");
        try {
            run(flags(List.of(arguments)), System.getenv().getOrDefault("LISTEN_ADDRESS", ""));
        } catch (ConfigurationException e) {
            end(2, e);
        } catch (FiredrillException e) {
            end(1, e);
        }
    }

    private static void run(Map<String, String> flags, String own) {
        String host = flags.getOrDefault("host", "localhost");
        ToxiproxyServer server = ToxiproxyServer.start(new ToxiproxyOptions(
                host.equals("0.0.0.0") && !own.isEmpty() ? own : host,
                (int) number(flags, "port", 8474),
                own,
                number(flags, "seed", System.nanoTime())));
        System.out.println("Toxiproxy " + Api.VERSION + " (embedded) answers on port "
                + server.address().getPort());
        if (flags.containsKey("config")) {
            Path file = Path.of(flags.get("config"));
            try {
                server.populate(Files.readString(file))
                        .ifPresentOrElse(
                                error -> System.err.println(file + ": " + error),
                                () -> System.out.println("Proxies made from " + file));
            } catch (IOException e) {
                System.err.println(file + " cannot be read: " + e.getMessage());
            }
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "toxiproxy-stop"));
    }

    private static long number(Map<String, String> flags, String name, long otherwise) {
        try {
            return flags.containsKey(name) ? Long.parseLong(flags.get(name)) : otherwise;
        } catch (NumberFormatException e) {
            throw new ConfigurationException("-" + name + " must be a number, not \"" + flags.get(name) + "\"", e);
        }
    }

    /** Flags as in {@code -host=0.0.0.0 -port 8474 -proxy-metrics}; two dashes mean the same. */
    private static Map<String, String> flags(List<String> arguments) {
        Map<String, String> flags = new HashMap<>();
        for (int i = 0; i < arguments.size(); i++) {
            String flag = arguments.get(i).replaceFirst("^--?", "");
            int equals = flag.indexOf('=');
            String name = equals < 0 ? flag : flag.substring(0, equals);
            if (!WITH_VALUE.contains(name) && !SWITCHES.contains(name)) {
                throw new ConfigurationException(arguments.get(i)
                        + ": no such flag; allowed: -host, -port, -config, -seed, -proxy-metrics, -runtime-metrics");
            }
            if (equals >= 0) {
                flags.put(name, flag.substring(equals + 1));
            } else if (WITH_VALUE.contains(name)) {
                if (++i == arguments.size()) {
                    throw new ConfigurationException("-" + name + " needs a value");
                }
                flags.put(name, arguments.get(i));
            }
        }
        return flags;
    }

    private static void end(int status, FiredrillException why) {
        System.err.println(why.getMessage());
        Runtime.getRuntime().halt(status);
    }
}
