package dev.firedrill.harness.resync;

import java.io.IOException;
import java.util.List;
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
}
