package dev.firedrill.harness.fault;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Durations;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What values a parameter takes. A closed set, so that files, the command line and the documentation agree. */
public sealed interface ParameterType {
    /** What is allowed, for messages and pages: {@code "a whole number from 1 to 65535"}. */
    String allowed();

    /**
     * The value that a text, a number, a boolean or a map of a file stands for.
     *
     * @throws ConfigurationException if it is not allowed; the message says what it is, and not where it stands
     */
    Object read(Object written);

    /** Values that must be refused: what a contract test tries. */
    List<Object> absurd();

    /** The name of an object of Kubernetes. */
    static ParameterType name() {
        return new Text(
                "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?",
                "a name of Kubernetes: lower case letters, digits, dashes and dots",
                List.of("", "Not A Name", "-x", 5, Map.of("a", "b")));
    }

    /** A text of one or more characters. */
    static ParameterType text() {
        return new Text("(?s).+", "a text", List.of("", Map.of("a", "b")));
    }

    /** The key of a ConfigMap or Secret. */
    static ParameterType key() {
        return new Text(
                "[-._a-zA-Z0-9]{1,253}",
                "a key: letters, digits, dashes, dots and underscores",
                List.of("", "no key", Map.of("a", "b")));
    }

    /** The key of an annotation. */
    static ParameterType annotation() {
        return new Text(
                "([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?",
                "the key of an annotation, as in example.com/name",
                List.of("", "a b", "/x", Map.of("a", "b")));
    }

    /** A port of TCP. */
    static ParameterType port() {
        return number(1, 65_535);
    }

    /** A whole number of a range, both ends in it. */
    static ParameterType number(int least, int most) {
        return new WholeNumber(least, most);
    }

    /** A duration of a range, both ends in it. */
    static ParameterType duration(Duration least, Duration most) {
        return new Span(least, most);
    }

    /** Labels, at least one. */
    static ParameterType labels() {
        return new Labels();
    }

    /** The path of a request, with its query perhaps. */
    static ParameterType path() {
        return new Text("/[!-~]{0,500}", "a path, as in /v1/status", List.of("", "v1", "/a b", Map.of("a", "b")));
    }

    /** A host and a port. */
    static ParameterType address() {
        return new Text(
                "[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?:(" + Text.PORT + ")",
                "an address, as in api:8080",
                List.of("", "api", "api:0", "api:65536", "http://api:8080", ":80", Map.of("a", "b")));
    }

    /** An http or https URL. */
    static ParameterType url() {
        return new Url();
    }

    /** One of some words. */
    static ParameterType choice(String... words) {
        return new Choice(List.of(words));
    }

    /** A share in percent, from 1 % to 100 %. */
    static ParameterType share() {
        return new Quantity("a share from 1% to 100%", "%", Map.of("%", 1L), 1, 100);
    }

    /** Bytes, with a unit of 1000. */
    static ParameterType size(long least, long most) {
        return new Quantity(
                "a size with its unit (B, KB, MB) from " + Quantity.inBytes(least) + " to " + Quantity.inBytes(most),
                "B",
                Map.of("B", 1L, "KB", 1000L, "MB", 1_000_000L),
                least,
                most);
    }

    /** Kilobytes (1000 bytes) per second. */
    static ParameterType rate(long least, long most) {
        return new Quantity(
                "a rate with its unit (KB/s, MB/s) from " + least + "KB/s to " + most + "KB/s",
                "KB/s",
                Map.of("KB/s", 1L, "MB/s", 1000L),
                least,
                most);
    }

    /** How a value that is not allowed is shown in a message. */
    static String shown(Object written) {
        if (written instanceof Map<?, ?>) {
            return "a map";
        }
        if (written instanceof List<?>) {
            return "a list";
        }
        return written instanceof String text ? "\"" + text + "\"" : String.valueOf(written);
    }

    private static ConfigurationException refused(ParameterType type, Object written) {
        return new ConfigurationException("must be " + type.allowed() + ", not " + shown(written));
    }

    /** A text of a pattern. */
    record Text(String pattern, String allowed, List<Object> absurd) implements ParameterType {
        private static final String PORT =
                "[1-9][0-9]{0,3}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]";

        public Text {
            absurd = List.copyOf(absurd);
        }

        @Override
        public Object read(Object written) {
            if (written instanceof String text && text.matches(pattern)) {
                return text;
            }
            throw refused(this, written);
        }
    }

    /** A whole number of a range. */
    record WholeNumber(int least, int most) implements ParameterType {
        @Override
        public String allowed() {
            return "a whole number from " + least + " to " + most;
        }

        @Override
        public Object read(Object written) {
            String text = String.valueOf(written);
            if (text.matches("-?\\d{1,9}")) {
                int number = Integer.parseInt(text);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw refused(this, written);
        }

        @Override
        public List<Object> absurd() {
            return List.of(least - 1, (long) most + 1, "many", "1.5", "", Map.of("a", "b"));
        }
    }

    /** A duration of a range. */
    record Span(Duration least, Duration most) implements ParameterType {
        @Override
        public String allowed() {
            return "a time with its unit (ms, s, m, h) from " + Durations.words(least) + " to " + Durations.words(most);
        }

        @Override
        public Object read(Object written) {
            return Durations.parse(String.valueOf(written))
                    .filter(time -> time.compareTo(least) >= 0 && time.compareTo(most) <= 0)
                    .orElseThrow(() -> refused(this, written));
        }

        @Override
        public List<Object> absurd() {
            return List.of("5", 5, "-1s", "soon", "", most.plusSeconds(1).toMillis() + "ms");
        }
    }

    /** Labels that something carries. */
    record Labels() implements ParameterType {
        private static final Pattern KEY =
                Pattern.compile("([a-z0-9.-]{1,253}/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?");
        private static final Pattern VALUE = Pattern.compile("([A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?)?");

        @Override
        public String allowed() {
            return "labels, as in {app: api, role: standby}";
        }

        @Override
        public Object read(Object written) {
            if (!(written instanceof Map<?, ?> map) || map.isEmpty()) {
                throw refused(this, written);
            }
            Map<String, String> labels = new LinkedHashMap<>();
            map.forEach((key, value) -> {
                String name = String.valueOf(key);
                String text = value instanceof Map || value instanceof List ? "{" : String.valueOf(value);
                if (!KEY.matcher(name).matches() || !VALUE.matcher(text).matches()) {
                    throw new ConfigurationException("must be " + allowed() + ", but " + name + ": " + shown(value)
                            + " is no label of Kubernetes");
                }
                labels.put(name, text);
            });
            return labels;
        }

        @Override
        public List<Object> absurd() {
            return List.of("app", 5, Map.of(), Map.of("a b", "c"), Map.of("a", "not a label"));
        }
    }

    /** Where a request goes. */
    record Url() implements ParameterType {
        private static final int MOST_PORT = 65_535;

        @Override
        public String allowed() {
            return "a URL, as in http://api:8080/v1/status";
        }

        @Override
        public Object read(Object written) {
            try {
                URI url = new URI(String.valueOf(written));
                boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
                if (known && url.getHost() != null && url.getPort() != 0 && url.getPort() <= MOST_PORT) {
                    return url.toString();
                }
            } catch (URISyntaxException notOne) {
                // said below
            }
            throw refused(this, written);
        }

        @Override
        public List<Object> absurd() {
            return List.of("", "api:8080", "ftp://api/", "http://", "http://api:80800/", Map.of("a", "b"));
        }
    }

    /** One of some words. */
    record Choice(List<String> words) implements ParameterType {
        public Choice {
            words = List.copyOf(words);
        }

        @Override
        public String allowed() {
            return String.join(" or ", words);
        }

        @Override
        public Object read(Object written) {
            if (written instanceof String text && words.contains(text)) {
                return text;
            }
            throw refused(this, written);
        }

        @Override
        public List<Object> absurd() {
            return List.of("", "sideways", 5, Map.of("a", "b"));
        }
    }

    /**
     * A whole number of units, counted in the smallest.
     *
     * @param allowed what is allowed, for messages
     * @param unit the unit in which it is counted
     * @param units what each unit is worth
     * @param least in the unit in which it is counted
     * @param most in the unit in which it is counted
     */
    record Quantity(String allowed, String unit, Map<String, Long> units, long least, long most)
            implements ParameterType {
        private static final Pattern FORM = Pattern.compile("(\\d{1,9}) ?(\\D{1,4})");

        public Quantity {
            units = Map.copyOf(units);
        }

        static String inBytes(long bytes) {
            return bytes % 1_000_000 == 0 && bytes > 0 ? bytes / 1_000_000 + "MB" : bytes + "B";
        }

        @Override
        public Object read(Object written) {
            Matcher form = FORM.matcher(String.valueOf(written));
            if (form.matches() && units.containsKey(form.group(2))) {
                long value = Long.parseLong(form.group(1)) * units.getOrDefault(form.group(2), 1L);
                if (value >= least && value <= most) {
                    return new Amount(value, unit);
                }
            }
            throw refused(this, written);
        }

        @Override
        public List<Object> absurd() {
            return List.of("", 5, "5", "-1" + unit, "1.5" + unit, most + 1 + unit, "5 apples", Map.of("a", "b"));
        }
    }

    /** So many of a unit. */
    record Amount(long value, String unit) {
        @Override
        public String toString() {
            return value + unit;
        }
    }
}
