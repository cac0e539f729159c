package dev.firedrill.harness.incident;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.Spelling;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A value of a YAML file that knows where it stands and what it is called, so that every complaint about it can say
 * so in one line: {@code file:line: what is wrong; allowed: ...; did you mean "..."?}
 */
final class Located {
    static final int MOST_PORT = 65_535;
    private static final Pattern FRACTION = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d{1,3})?");
    private static final Duration LONGEST = Duration.ofHours(1000);

    private final String file;
    private final String what;
    private final Node node;

    /** @param what what it is, for messages: {@code title}, {@code probe 'public api'} */
    Located(String file, String what, Node node) {
        this.file = file;
        this.what = what;
        this.node = node;
    }

    Located called(String name) {
        return new Located(file, name, node);
    }

    String what() {
        return what;
    }

    /** Where it stands. */
    Place place() {
        return new Place(
                file, node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1));
    }

    /** A complaint about this value; ready to be thrown. */
    ConfigurationException wrong(String complaint) {
        return place().wrong(complaint);
    }

    /** A complaint that a word is not one of those allowed. */
    ConfigurationException unknown(String complaint, String word, Collection<String> allowed) {
        String nearest = Spelling.guess(word, allowed);
        String list = allowed.isEmpty() ? "none is declared" : String.join(", ", allowed);
        return wrong(complaint + "; allowed: " + list + nearest);
    }

    private ConfigurationException wrongType(String wanted) {
        return wrong(what + " must be " + wanted + ", not " + type());
    }

    private String type() {
        if (node instanceof MappingNode) {
            return "a map";
        }
        if (node instanceof SequenceNode) {
            return "a list";
        }
        Tag tag = node.getTag();
        if (tag.equals(Tag.NULL)) {
            return "empty";
        }
        String shown = node instanceof ScalarNode scalar ? " (" + scalar.getValue() + ")" : "";
        if (tag.equals(Tag.BOOL)) {
            return "true or false" + shown;
        }
        return (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) ? "a number" : "text") + shown;
    }

    boolean isMap() {
        return node instanceof MappingNode;
    }

    String text() {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR)) {
            if (scalar.getValue().isBlank()) {
                throw wrong(what + " must not be empty");
            }
            return scalar.getValue().strip();
        }
        throw wrongType("text");
    }

    boolean flag() {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
            return Boolean.parseBoolean(scalar.getValue());
        }
        throw wrongType("true or false");
    }

    int number(int least, int most) {
        if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.INT)) {
            String digits = scalar.getValue();
            if (digits.matches("-?\\d{1,9}")) {
                int number = Integer.parseInt(digits);
                if (number >= least && number <= most) {
                    return number;
                }
            }
            throw wrong(what + " is out of range: " + digits + "; allowed: " + least + " to " + most);
        }
        throw wrongType("a number");
    }

    Duration duration() {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrongType("a duration");
        }
        return positive(scalar.getValue());
    }

    /** A duration of a range. */
    Duration duration(Duration least, Duration most) {
        Duration duration = duration();
        if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
            throw wrong(what + " is out of range: " + text(node) + "; allowed: " + Durations.words(least) + " to "
                    + Durations.words(most));
        }
        return duration;
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    /** An http address with a host, and a port and a path perhaps. */
    String url() {
        String text = text();
        try {
            URI url = new URI(text);
            boolean known = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            if (known && url.getHost() != null && url.getPort() <= MOST_PORT && url.getPort() != 0) {
                return text;
            }
        } catch (URISyntaxException notOne) {
            // said below
        }
        throw wrong(what + " is not a URL: \"" + text + "\"; allowed: http://HOST:PORT/PATH, with a port from 1 to "
                + MOST_PORT);
    }

    private Duration positive(String text) {
        Optional<Duration> duration = Durations.parse(text);
        if (duration.isEmpty()) {
            String complaint = text.matches("-?\\d+(\\.\\d+)?") ? " has no unit: " : " is not a duration: ";
            throw wrong(what + complaint + text + "; allowed: " + Durations.ALLOWED);
        }
        if (duration.get().isZero()) {
            throw wrong(what + " must be longer than zero: " + text);
        }
        if (duration.get().compareTo(LONGEST) > 0) {
            throw wrong(what + " is too long: " + text + "; allowed: up to " + Durations.words(LONGEST));
        }
        return duration.get();
    }

    /** A time of a replay: a duration, or a number of the monitor's cycles. */
    Span span() {
        if (!(node instanceof ScalarNode scalar)) {
            throw wrongType("a time");
        }
        Matcher cycles = Span.CYCLES.matcher(scalar.getValue());
        if (cycles.matches()) {
            int number = Integer.parseInt(cycles.group(1));
            if (number == 0) {
                throw wrong(what + " must be longer than zero: " + scalar.getValue());
            }
            return Span.cycles(number);
        }
        if (Durations.parse(scalar.getValue()).isEmpty()) {
            throw wrong(what + " is not a time: " + scalar.getValue() + "; allowed: " + Span.ALLOWED);
        }
        return Span.of(positive(scalar.getValue()));
    }

    /** One of the words that are allowed here. */
    String oneOf(Collection<String> allowed) {
        String word = text();
        if (!allowed.contains(word)) {
            throw unknown("unknown " + what + " \"" + word + "\"", word, allowed);
        }
        return word;
    }

    /** One item, or several as a list. */
    List<Located> oneOrMore() {
        return node instanceof SequenceNode ? items() : List.of(this);
    }

    List<Located> items() {
        if (!(node instanceof SequenceNode sequence)) {
            throw wrongType("a list");
        }
        if (sequence.getValue().isEmpty()) {
            throw wrong(what + " must not be empty");
        }
        List<Located> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            items.add(new Located(file, what, item));
        }
        return items;
    }

    /** A map from names that the author chose. */
    Map<String, Located> entries() {
        if (!(node instanceof MappingNode mapping)) {
            throw wrongType("a map");
        }
        Map<String, Located> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Located key = new Located(file, "a key of " + what, tuple.getKeyNode());
            String name = key.text();
            if (entries.put(name, new Located(file, name, tuple.getValueNode())) != null) {
                throw key.wrong("\"" + name + "\" stands twice in " + what);
            }
        }
        return entries;
    }

    /** A map whose keys are fixed. */
    Fields fields(List<String> required, List<String> optional) {
        List<String> allowed = new ArrayList<>(required);
        allowed.addAll(optional);
        Map<String, Located> entries = entries();
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            Located key = new Located(file, what, tuple.getKeyNode());
            if (!allowed.contains(key.text())) {
                throw key.unknown("unknown key \"" + key.text() + "\" in " + what, key.text(), allowed);
            }
        }
        for (String name : required) {
            if (!entries.containsKey(name)) {
                throw wrong(what + " lacks the key \"" + name + "\"; allowed: " + String.join(", ", allowed));
            }
        }
        return new Fields(this, entries);
    }

    private Double fraction(String written) {
        if (FRACTION.matcher(written).matches()) {
            double number = Double.parseDouble(written);
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw wrong(what + " is no number that can be written down: " + written + "; allowed: digits, as in 0.5");
    }

    /** The value as plain Java: text, number, boolean, or a list or map of these. */
    Object plain() {
        if (node instanceof MappingNode) {
            Map<String, Object> map = new LinkedHashMap<>();
            entries().forEach((key, value) -> map.put(key, value.plain()));
            return map;
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(item -> new Located(file, what, item).plain())
                    .toList();
        }
        ScalarNode scalar = (ScalarNode) node;
        Tag tag = scalar.getTag();
        if (tag.equals(Tag.BOOL)) {
            return flag();
        }
        if (tag.equals(Tag.INT)) {
            return number(Integer.MIN_VALUE, Integer.MAX_VALUE);
        }
        return tag.equals(Tag.FLOAT) ? (Object) fraction(scalar.getValue()) : text();
    }
}
