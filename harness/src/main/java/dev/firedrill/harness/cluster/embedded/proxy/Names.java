package dev.firedrill.harness.cluster.embedded.proxy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One hosts file per namespace, each replaced at once when its content changes: a reader never sees half of one. */
final class Names {
    private final Path directory;
    private final Map<String, String> written = new HashMap<>();
    private final Set<String> asked = new HashSet<>();

    /** @throws UncheckedIOException if the directory cannot be made */
    Names(Path directory) {
        this.directory = directory;
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the directory of the hosts files " + directory, e);
        }
    }

    /**
     * Brings the files of these namespaces, and of those that were asked for by name, up to date; removes the others.
     *
     * @throws UncheckedIOException if a file cannot be written
     */
    synchronized void update(Collection<String> namespaces, HostsFile content) {
        Set<String> wanted = new HashSet<>(namespaces);
        asked.removeAll(namespaces);
        wanted.addAll(asked);
        wanted.forEach(namespace -> write(namespace, content.render(namespace)));
        for (String namespace : Set.copyOf(written.keySet())) {
            if (!wanted.contains(namespace)) {
                remove(namespace);
            }
        }
    }

    /** The file of a namespace, made if it is not there yet. */
    synchronized Path file(String namespace, HostsFile content) {
        if (!written.containsKey(namespace)) {
            asked.add(namespace);
            write(namespace, content.render(namespace));
        }
        return path(namespace);
    }

    private Path path(String namespace) {
        return directory.resolve(namespace + ".hosts");
    }

    private void write(String namespace, String content) {
        if (content.equals(written.get(namespace))) {
            return;
        }
        Path file = path(namespace);
        Path next = directory.resolve("." + namespace + ".hosts.next");
        try {
            Files.writeString(next, content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the hosts file " + file, e);
        }
        written.put(namespace, content);
    }

    private void remove(String namespace) {
        written.remove(namespace);
        try {
            Files.deleteIfExists(path(namespace));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove the hosts file " + path(namespace), e);
        }
    }
}
