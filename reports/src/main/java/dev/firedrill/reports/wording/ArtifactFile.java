package dev.firedrill.reports.wording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes a file so that whoever opens it sees the old or the new one, never half of one. */
public final class ArtifactFile {
    private ArtifactFile() {}

    /**
     * Replaces a file's content.
     *
     * @throws UncheckedIOException if that cannot be done; an older file is then left as it was
     */
    public static void write(Path file, String content) {
        Path half = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.writeString(half, content);
            Files.move(half, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }
}
