package dev.firedrill.harness.cluster.embedded.apiserver.security;

import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Files that nobody but this user can read at any moment: they are created with those permissions. */
public final class PrivateFile {
    private PrivateFile() {}

    /**
     * Writes a file of mode 0600, replacing one that is there.
     *
     * @throws ProvisioningException if it cannot be written
     */
    public static void write(Path file, String text) {
        Path target = file.toAbsolutePath();
        Path fresh = target.resolveSibling(target.getFileName() + ".new");
        try {
            Files.deleteIfExists(fresh);
            try (SeekableByteChannel channel = Files.newByteChannel(
                    fresh,
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failed) {
            throw new ProvisioningException("cannot write " + target + ": " + failed.getMessage(), failed);
        }
    }

    /**
     * Makes a directory of mode 0700 if there is none.
     *
     * @throws ProvisioningException if it cannot be made
     */
    public static void createDirectory(Path directory) {
        try {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (IOException failed) {
            throw new ProvisioningException("cannot make " + directory + ": " + failed.getMessage(), failed);
        }
    }
}
