package dev.firedrill.harness.cluster.embedded.apiserver.store;

/** The changes since a revision are no longer known. */
public final class RevisionExpiredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RevisionExpiredException(long asked, long oldest) {
        super("too old resource version: %d (%d)".formatted(asked, oldest), null, false, false);
    }
}
