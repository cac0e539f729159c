package dev.firedrill.harness.resync;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where the changes must arrive: the part of a system under drill that applies them and serves the result. */
public interface WorkTarget {
    /**
     * Reads the target's append-only log.
     *
     * @param cursor the sequence after which to read; 0 for all
     * @return the entries after it by rising sequence, all of them or a first part; none if there are no more
     * @throws IOException if the log cannot be read now
     */
    List<Apply> appliesAfter(long cursor) throws IOException;

    /**
     * What the public route serves, to anybody.
     *
     * @return empty if it says that there is no such thing
     * @throws IOException if it does not answer
     */
    Optional<Content> content(String key) throws IOException;

    /**
     * What the public route serves of several things: each on its own, unless a target has a shorter way.
     *
     * @return by key; of what is not served there is nothing
     * @throws IOException if it does not answer
     */
    default Map<String, Content> contents(List<String> keys) throws IOException {
        Map<String, Content> contents = new HashMap<>();
        for (String key : keys) {
            content(key).ifPresent(content -> contents.put(key, content));
        }
        return contents;
    }
}
