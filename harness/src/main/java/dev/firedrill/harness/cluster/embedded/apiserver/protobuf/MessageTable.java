package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which number each field of a message has, and what it holds. Read from {@code messages.txt} when first needed.
 *
 * <p>Source: {@code generated.proto} of k8s.io/api and k8s.io/apimachinery.
 */
final class MessageTable {
    private static final String FILE = "messages.txt";
    private static final Set<String> OF_ALL_GROUPS = Set.of("DeleteOptions", "Status");

    private final Map<String, Map<Integer, Member>> messages;

    private MessageTable(Map<String, Map<Integer, Member>> messages) {
        this.messages = messages;
    }

    /** How often a field occurs. */
    enum Shape {
        ONE,
        LIST,
        MAP
    }

    /**
     * A field of a message.
     *
     * @param name as in JSON; {@code *}: the message's own fields belong to the outer one
     * @param type a scalar, or the name of a message
     * @param zeroCounts whether zero, false or an empty text is a value, and not the same as none
     */
    record Member(String name, String type, Shape shape, boolean zeroCounts) {
        static Member parse(String text) {
            int colon = text.indexOf(':');
            String type = text.substring(colon + 1);
            Shape shape = type.endsWith("[]") ? Shape.LIST : type.endsWith("{}") ? Shape.MAP : Shape.ONE;
            String plain = shape == Shape.ONE ? type : type.substring(0, type.length() - 2);
            boolean zeroCounts = plain.endsWith("?");
            return new Member(
                    text.substring(0, colon),
                    zeroCounts ? plain.substring(0, plain.length() - 1) : plain,
                    shape,
                    zeroCounts);
        }
    }

    static MessageTable get() {
        return Holder.TABLE;
    }

    boolean has(String message) {
        return messages.containsKey(message);
    }

    /** The message of a kind. */
    static String name(String apiVersion, String kind) {
        if (OF_ALL_GROUPS.contains(kind)) {
            return "meta." + kind;
        }
        int slash = apiVersion.indexOf('/');
        if (slash < 0) {
            return "core." + apiVersion + "." + kind;
        }
        return apiVersion.substring(0, slash).split("\\.", 2)[0] + "." + apiVersion.substring(slash + 1) + "." + kind;
    }

    /** All fields of a message, by number. */
    Map<Integer, Member> members(String message) {
        return messages.getOrDefault(message, Map.of());
    }

    /** The field of that number; null if it is unknown. */
    @Nullable
    Member member(String message, int number) {
        return messages.getOrDefault(message, Map.of()).get(number);
    }

    private static final class Holder {
        static final MessageTable TABLE = load();
    }

    private static MessageTable load() {
        Map<String, Map<Integer, Member>> messages = new HashMap<>();
        try (InputStream stream = MessageTable.class.getResourceAsStream(FILE)) {
            if (stream == null) {
                throw new IllegalStateException(FILE + " is missing beside " + MessageTable.class.getName());
            }
            BufferedReader lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8));
            lines.lines().filter(line -> !line.startsWith("#")).forEach(line -> add(line, messages));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return new MessageTable(messages);
    }

    private static void add(String line, Map<String, Map<Integer, Member>> messages) {
        String[] words = line.split(" ", -1);
        Map<Integer, Member> members = new HashMap<>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            members.put(Integer.parseInt(words[i].substring(0, equals)), Member.parse(words[i].substring(equals + 1)));
        }
        messages.put(words[0], members);
    }
}
