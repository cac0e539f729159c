package dev.firedrill.harness.cluster.k3s;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** One layer of an image: a tar file that is the same, byte for byte, whenever its content is. */
final class ImageLayer implements AutoCloseable {
    private static final Date MOMENT = Date.from(Instant.EPOCH);

    private final Path file;
    private final MessageDigest digest = Digests.start();
    private final TarArchiveOutputStream tar;

    private ImageLayer(Path file) throws IOException {
        this.file = file;
        this.tar = tar(new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(file)), digest));
    }

    static ImageLayer start(Path file) throws IOException {
        return new ImageLayer(file);
    }

    static TarArchiveOutputStream tar(OutputStream out) {
        TarArchiveOutputStream tar = new TarArchiveOutputStream(out, StandardCharsets.UTF_8.name());
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }

    static void put(TarArchiveOutputStream tar, String name, byte[] content) throws IOException {
        TarArchiveEntry entry = entry(name, content.length);
        tar.putArchiveEntry(entry);
        tar.write(content);
        tar.closeArchiveEntry();
    }

    private static TarArchiveEntry entry(String name, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setModTime(MOMENT);
        return entry;
    }

    void addFile(String name, byte[] content) throws IOException {
        put(tar, name, content);
    }

    /** Adds a file, or a directory with all that is in it. */
    void addTree(String name, Path source) throws IOException {
        for (Path path : filesBelow(source)) {
            String below = source.relativize(path).toString();
            tar.putArchiveEntry(entry(below.isEmpty() ? name : name + "/" + below, Files.size(path)));
            Files.copy(path, tar);
            tar.closeArchiveEntry();
        }
    }

    /** The files of a part of a class path, always in the same order. */
    static List<Path> filesBelow(Path source) throws IOException {
        try (Stream<Path> all = Files.walk(source)) {
            return all.filter(Files::isRegularFile).sorted().toList();
        }
    }

    Path file() {
        return file;
    }

    /** Of the whole file, once it is closed. */
    String digest() {
        try {
            return HexFormat.of().formatHex(((MessageDigest) digest.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("SHA-256 can be read more than once", e);
        }
    }

    @Override
    public void close() throws IOException {
        tar.close();
    }
}
