package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.Snapshot;
import dev.firedrill.harness.cluster.embedded.apiserver.store.StoredObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lists that somebody is still paging through, as they were when the first page was sent. */
final class Pages {
    private static final int MOST_KEPT = 32;

    private final Map<String, Snapshot> kept = new LinkedHashMap<>();

    /** Keeps a list and names it; the oldest is forgotten when there are too many. */
    synchronized String keep(Snapshot snapshot) {
        if (kept.size() >= MOST_KEPT) {
            kept.remove(kept.keySet().iterator().next());
        }
        String id = UUID.randomUUID().toString();
        kept.put(id, snapshot);
        return id;
    }

    /**
     * The place that a continue token names.
     *
     * @param id of the list; empty: of what is there now
     * @param after the key of the last object that was shown, in base64
     */
    private record Token(String id, int from, String after) {
        private static final Pattern FORM = Pattern.compile("([0-9a-f-]*)\\.(\\d{1,9})\\.([\\w-]+)");

        static Token parse(String text) {
            Matcher parts = FORM.matcher(text);
            if (!parts.matches()) {
                throw malformed(text);
            }
            return new Token(parts.group(1), Integer.parseInt(parts.group(2)), parts.group(3));
        }

        private static StatusException malformed(String text) {
            return StatusException.badRequest("invalid continue token: continue key is not valid: " + text);
        }

        String key() {
            try {
                return new String(Base64.getUrlDecoder().decode(after), StandardCharsets.UTF_8);
            } catch (IllegalArgumentException unreadable) {
                throw malformed(text());
            }
        }

        String text() {
            return id + "." + from + "." + after;
        }
    }

    /**
     * From where a list goes on.
     *
     * @param from the index of the next object
     */
    record Place(String id, Snapshot snapshot, int from) {}

    /**
     * @param now what is there, for a token that takes it
     * @throws StatusException 400 if the token is none of ours, 410 if its list is forgotten; that has a token for the
     *     rest as it is now
     */
    synchronized Place find(String text, Supplier<Snapshot> now) {
        Token token = Token.parse(text);
        if (token.id().isEmpty()) {
            Snapshot snapshot = now.get();
            String after = token.key();
            int from = (int) snapshot.objects().stream()
                    .takeWhile(object -> key(object).compareTo(after) <= 0)
                    .count();
            return new Place("", snapshot, from);
        }
        Snapshot snapshot = kept.get(token.id());
        if (snapshot == null) {
            throw StatusException.expired(
                    "The provided continue parameter is too old to display a consistent list result. You can start a"
                            + " new list without the continue parameter, or use the continue token in this response"
                            + " for the rest as it is now.",
                    new Token("", 0, token.after()).text());
        }
        return new Place(
                token.id(), snapshot, Math.min(token.from(), snapshot.objects().size()));
    }

    /** The token of the place after that object. */
    static String token(String id, int from, StoredObject last) {
        byte[] key = key(last).getBytes(StandardCharsets.UTF_8);
        return new Token(id, from, Base64.getUrlEncoder().withoutPadding().encodeToString(key)).text();
    }

    /** By which objects are in order. */
    private static String key(StoredObject object) {
        return object.namespace() + '\0' + object.name();
    }
}
