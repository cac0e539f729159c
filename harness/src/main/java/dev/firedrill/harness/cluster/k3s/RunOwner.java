package dev.firedrill.harness.cluster.k3s;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whose a container is: the run, and the process that started it, so that a later run can tell what a dead one left.
 *
 * <p>Source: proc(5): {@code /proc/PID/stat} field 22, {@code /proc/sys/kernel/random/boot_id}, and
 * {@code /proc/PID/ns/pid}.
 *
 * @param run the run's id
 * @param machine the machine's name
 * @param boot which start of the machine; empty where that cannot be told
 * @param space the space of process numbers; empty where there is one alone
 * @param pid the process
 * @param started when it started, so that a number which was given again is noticed
 */
record RunOwner(String run, String machine, String boot, String space, long pid, String started) {
    static final String RUN_LABEL = "dev.firedrill.run";
    static final String OWNER_LABEL = "dev.firedrill.owner";

    private static final String SEPARATOR = "|";
    private static final int RUN_BYTES = 6;
    private static final int FIELDS = 5;
    private static final int STARTED_FIELD = 19; // the 22nd, counted from the one after the program's name

    /** An id for a new run. */
    static String newRun() {
        byte[] random = new byte[RUN_BYTES];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    static RunOwner ofThisJvm(String run) {
        long pid = ProcessHandle.current().pid();
        return new RunOwner(
                run,
                machineName(),
                read(Path.of("/proc/sys/kernel/random/boot_id")),
                link(Path.of("/proc/self/ns/pid")),
                pid,
                startOf(pid).orElse(""));
    }

    /** What a container's labels say; empty if they are none of ours. */
    static Optional<RunOwner> of(Map<String, String> labels) {
        String[] fields = labels.getOrDefault(OWNER_LABEL, "").split("\\" + SEPARATOR, -1);
        if (fields.length != FIELDS || !fields[3].matches("\\d{1,18}")) {
            return Optional.empty();
        }
        return Optional.of(new RunOwner(
                labels.getOrDefault(RUN_LABEL, ""),
                fields[0],
                fields[1],
                fields[2],
                Long.parseLong(fields[3]),
                fields[4]));
    }

    Map<String, String> labels() {
        return Map.of(
                RUN_LABEL,
                run,
                OWNER_LABEL,
                String.join(SEPARATOR, List.of(machine, boot, space, Long.toString(pid), started)));
    }

    /** Whether the owner is known to have ended, as seen from this process; false where that cannot be known. */
    boolean ended(RunOwner observer) {
        if (!machine.equals(observer.machine)) {
            return false;
        }
        if (!boot.equals(observer.boot)) {
            return true;
        }
        return space.equals(observer.space)
                && startOf(pid).filter(started::equals).isEmpty();
    }

    private static Optional<String> startOf(long pid) {
        String status = read(Path.of("/proc", Long.toString(pid), "stat"));
        if (!status.isEmpty()) {
            String[] fields = status.substring(status.lastIndexOf(')') + 2).split(" ", -1);
            return "Z".equals(fields[0]) ? Optional.empty() : Optional.of(fields[STARTED_FIELD]);
        }
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().startInstant())
                .map(Instant::toString);
    }

    private static String machineName() {
        String name = read(Path.of("/proc/sys/kernel/hostname"));
        if (!name.isEmpty()) {
            return name;
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return "";
        }
    }

    private static String link(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }
}
