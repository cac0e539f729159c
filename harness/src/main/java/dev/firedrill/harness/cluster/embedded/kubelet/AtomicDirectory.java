package dev.firedrill.harness.cluster.embedded.kubelet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A directory whose files change all at once. Each file is a symbolic link into {@code ..data}, itself a link to the
 * newest
 * generation, which is replaced atomically: a reader sees the old files or the new ones.
 *
 * <p>Source: the layout of ConfigMap and Secret volumes on a Kubernetes node, which programs that watch files rely on.
 */
final class AtomicDirectory {
    private static final String DATA = "..data";

    private final Path directory;
    private Map<String, Content> current = Map.of();
    private int generation;

    AtomicDirectory(Path directory) {
        this.directory = directory;
    }

    /** One file: its bytes and its permission bits, such as 0644. */
    static final class Content {
        private final byte[] bytes;
        private final int mode;

        Content(byte[] bytes, int mode) {
            this.bytes = bytes.clone();
            this.mode = mode;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Content that && mode == that.mode && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * Arrays.hashCode(bytes) + mode;
        }
    }

    /** Makes the directory hold exactly these files, by relative path; does nothing if it does. */
    void replace(Map<String, Content> files) throws IOException {
        if (generation > 0 && files.equals(current)) {
            return;
        }
        generation++;
        Path fresh = Files.createDirectories(directory.resolve("..generation-" + generation));
        for (Map.Entry<String, Content> file : files.entrySet()) {
            Path target = fresh.resolve(file.getKey()).normalize();
            if (!target.startsWith(fresh)) {
                throw new IOException("path leaves its volume: " + file.getKey());
            }
            Files.createDirectories(target.getParent());
            Files.write(target, file.getValue().bytes);
            Files.setPosixFilePermissions(target, permissions(file.getValue().mode));
        }
        link(DATA, fresh.getFileName());
        Set<String> tops = tops(files);
        for (String top : tops) {
            if (!Files.isSymbolicLink(directory.resolve(top))) {
                link(top, Path.of(DATA, top));
            }
        }
        removeOthers(tops, fresh);
        current = new TreeMap<>(files);
    }

    private void link(String name, Path target) throws IOException {
        Path temporary = directory.resolve("..tmp-" + generation);
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, target);
        Files.move(
                temporary,
                directory.resolve(name),
                StandardCopyOption.ATOMIC_MOVE,
                StandardCopyOption.REPLACE_EXISTING);
    }

    private static Set<String> tops(Map<String, Content> files) {
        return files.keySet().stream()
                .map(file -> Path.of(file).getName(0).toString())
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private void removeOthers(Set<String> tops, Path fresh) throws IOException {
        List<Path> entries;
        try (Stream<Path> listed = Files.list(directory)) {
            entries = listed.toList();
        }
        for (Path entry : entries) {
            String name = entry.getFileName().toString();
            if (!name.equals(DATA) && !tops.contains(name) && !entry.equals(fresh)) {
                Trees.delete(entry);
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        char[] letters = "rwxrwxrwx".toCharArray();
        for (int bit = 0; bit < letters.length; bit++) {
            if ((mode & (1 << (letters.length - 1 - bit))) == 0) {
                letters[bit] = '-';
            }
        }
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_READ);
        permissions.addAll(PosixFilePermissions.fromString(new String(letters)));
        return permissions;
    }
}
