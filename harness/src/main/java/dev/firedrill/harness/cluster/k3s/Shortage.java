package dev.firedrill.harness.cluster.k3s;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the Docker engine lacks for a node, as far as that can be told: from its figures before a start, and from what
 * it and the node said after one that failed.
 *
 * <p>Source: messages of the Linux kernel (ENOSPC, ENOMEM, EADDRINUSE) as Docker, runc and k3s hand them on, and of
 * Docker's allocator of ports and of Docker Desktop.
 */
final class Shortage {
    private static final long ENOUGH_MEMORY = 1_500_000_000L;
    private static final long ENOUGH_DISK = 2_000_000_000L;
    private static final long MEGABYTE = 1_000_000;

    private static final List<String> DISK = List.of("no space left on device", "disk quota exceeded");
    private static final List<String> MEMORY = List.of("cannot allocate memory", "out of memory", "oomkilled");
    private static final List<String> PORT = List.of(
            "port is already allocated",
            "address already in use",
            "ports are not available",
            "all ports are allocated");

    private Shortage() {}

    /** Why an engine with so much memory has too little; empty if it has enough, or does not tell. */
    static Optional<String> ofMemory(long bytes) {
        return bytes > 0 && bytes < ENOUGH_MEMORY
                ? Optional.of("the Docker engine has " + bytes / MEGABYTE + " MB of memory, and a node needs "
                        + ENOUGH_MEMORY / MEGABYTE + "; give it more (Docker Desktop: Settings, Resources)")
                : Optional.empty();
    }

    /** Why an engine with so much disk left where it keeps its data has too little. */
    static Optional<String> ofDisk(long bytes, String root) {
        return bytes < ENOUGH_DISK
                ? Optional.of("the Docker engine has " + bytes / MEGABYTE + " MB of disk left in " + root
                        + ", and a node needs " + ENOUGH_DISK / MEGABYTE + "; make room (docker system prune)")
                : Optional.empty();
    }

    /**
     * What lacked where a start failed.
     *
     * @param said what the engine or the node said last, of any number of lines
     * @return one sentence with the line that tells it; empty if it was something else
     */
    static Optional<String> in(String said) {
        return line(said, DISK)
                .map(line ->
                        "the Docker engine has no disk left for a node (" + line + "); make room (docker system prune)")
                .or(() -> line(said, PORT)
                        .map(line -> "a port of a node is taken on the Docker host (" + line
                                + "); end what listens there (docker ps, ss -ltnp)"))
                .or(() -> line(said, MEMORY)
                        .map(line -> "the Docker engine has not the memory for a node (" + line
                                + "); give it more (Docker Desktop: Settings, Resources), or end what else runs"));
    }

    private static Optional<String> line(String said, List<String> signs) {
        // The kernel says the same of its watches of files, of which there is a number and no disk.
        Predicate<String> tells =
                line -> !line.contains("inotify") && signs.stream().anyMatch(line.toLowerCase(Locale.ROOT)::contains);
        return said.lines().filter(tells).map(Shortage::words).findFirst();
    }

    /** Without the envelope in which the engine's answer comes. */
    private static String words(String line) {
        return line.replaceFirst("^Status \\d+: *", "")
                .replaceFirst("^\\{\"message\":\"(.*)\"\\}$", "$1")
                .strip();
    }
}
