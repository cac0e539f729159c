package dev.firedrill.harness.incident;

import dev.firedrill.harness.agent.ProbePlan;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a probe of an incident file; whatever could not be asked for over HTTP is bad input. */
final class ProbeReader {
    private static final String SERVICE = "[a-z0-9.-]+:[1-9]\\d{0,4}";
    private static final String POINTER = "(/([^~/]|~[01])+)+";

    /** Source: RFC 9110, 5.6.2, a token. */
    private static final String HEADER = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";

    private static final String HOST = "[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?(:[1-9]\\d{0,4})?";

    /** Source: RFC 9110, 15: the classes of status codes; one of 1xx is no final answer. */
    private static final int LEAST_STATUS = 200;

    private static final int MOST_STATUS = 599;

    private ProbeReader() {}

    static Cast.Probe probe(Located probe) {
        Fields fields = probe.fields(
                List.of("from", "service", "path", "every"),
                List.of("host", "data", "headers", "status", "timeout", "about"));
        Located service = fields.get("service");
        if (!service.text().matches(SERVICE)
                || Integer.parseInt(service.text().replaceFirst(".*:", "")) > Located.MOST_PORT) {
            throw service.wrong("service is not one with its port: \"" + service.text()
                    + "\"; allowed: name:port, with a port from 1 to " + Located.MOST_PORT);
        }
        Duration interval = fields.get("every").duration(ProbePlan.SHORTEST_INTERVAL, ProbePlan.LONGEST_INTERVAL);
        return new Cast.Probe(
                fields.get("from").oneOf(List.of("outside", "inside")).equals("inside"),
                service.text(),
                fields.find("host").map(ProbeReader::host).orElse(""),
                path(fields.get("path")),
                healthy(fields, interval),
                headers(fields.find("headers")),
                service.place(),
                fields.find("headers").orElse(service).place(),
                interval);
    }

    private static Cast.HealthyAnswer healthy(Fields fields, Duration interval) {
        return new Cast.HealthyAnswer(
                fields.find("data").map(ProbeReader::data).orElse(""),
                fields.find("status").map(status -> status.number(LEAST_STATUS, MOST_STATUS)),
                fields.find("timeout")
                        .map(timeout ->
                                timeout.duration(ProbePlan.SHORTEST_TIMEOUT, ProbePlan.longestTimeout(interval))));
    }

    private static String path(Located path) {
        String text = path.text();
        if (!text.matches("/[!-~]*")) {
            throw path.wrong("path must begin with a slash and be of one word: \"" + text + "\"");
        }
        try {
            return new URI("http://x" + text).getHost() == null ? "" : text;
        } catch (URISyntaxException e) {
            throw path.wrong("path cannot be a part of a URL: \"" + text + "\" (" + e.getReason()
                    + "); allowed: letters, digits and -._~/?=&, all else as %XX");
        }
    }

    private static String host(Located host) {
        if (!host.text().matches(HOST)) {
            throw host.wrong("host is not the name of a host: \"" + host.text().replaceAll("\\s+", " ")
                    + "\"; allowed: letters, digits, dashes and dots, as in api.example.com");
        }
        return host.text();
    }

    private static String data(Located data) {
        String text = data.text();
        if (!text.matches(POINTER)) {
            String escapes = text.contains("~") ? "; in a name, ~0 for ~ and ~1 for a slash" : "";
            throw data.wrong("data is not a JSON pointer: \"" + text + "\"; allowed: a slash and a name, as in /items"
                    + escapes);
        }
        return text;
    }

    private static Map<String, String> headers(Optional<Located> headers) {
        headers.map(Located::entries)
                .ifPresent(entries -> entries.forEach((name, value) -> {
                    if (!name.matches(HEADER)) {
                        throw value.wrong(
                                "not the name of a header: \"" + name + "\"; allowed: letters, digits, dashes");
                    }
                    if (value.text().chars().anyMatch(Character::isISOControl)) {
                        throw value.wrong("header " + name + " must be one line, without control characters");
                    }
                }));
        return Fields.texts(headers);
    }
}
