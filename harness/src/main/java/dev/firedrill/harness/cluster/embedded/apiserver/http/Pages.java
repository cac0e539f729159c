package dev.firedrill.harness.cluster.embedded.apiserver.http;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import dev.firedrill.harness.cluster.embedded.apiserver.store.Snapshot;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

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
     * @param from the index of the next object
     */
    record Place(String id, Snapshot snapshot, int from) {}

    /**
     * @throws StatusException 400 if the token is none of ours, 410 if its list is forgotten
     */
    synchronized Place find(String token) {
        int dot = token.lastIndexOf('.');
        Optional<Integer> from = dot < 0 ? Optional.empty() : number(token.substring(dot + 1));
        if (from.isEmpty()) {
            throw StatusException.badRequest("invalid continue token: continue key is not valid: " + token);
        }
        String id = token.substring(0, dot);
        Snapshot snapshot = kept.get(id);
        if (snapshot == null) {
            throw StatusException.expired("The provided continue parameter is too old to display a consistent list "
                    + "result. You can start a new list without the continue parameter.");
        }
        return new Place(id, snapshot, Math.min(from.get(), snapshot.objects().size()));
    }

    static String token(String id, int from) {
        return id + "." + from;
    }

    private static Optional<Integer> number(String text) {
        return text.matches("\\d{1,9}") ? Optional.of(Integer.parseInt(text)) : Optional.empty();
    }
}
