package dev.firedrill.harness.cluster.embedded.kubelet;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Processes of a run are known by one environment variable, {@code FIREDRILL_MARK=<run>.<pod>.<container>.<attempt>},
 * which
 * their own children inherit: whatever a program starts, however it detaches itself, is found by it.
 *
 * <p>Source: proc(5), {@code /proc/[pid]/environ}.
 */
public final class ProcessMark {
    /** The variable's name. */
    public static final String VARIABLE = "FIREDRILL_MARK";

    private static final int PASSES = 50;

    private ProcessMark() {}

    /** The live processes whose mark starts with this text. */
    public static List<ProcessHandle> processes(String prefix) {
        byte[] wanted = (VARIABLE + "=" + prefix).getBytes(StandardCharsets.UTF_8);
        List<ProcessHandle> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path entry : entries) {
                // The handle comes first: it remembers the start time, so that a reused pid is never signalled.
                ProcessHandle handle = ProcessHandle.of(
                                Long.parseLong(entry.getFileName().toString()))
                        .orElse(null);
                if (handle != null && handle.isAlive() && hasEntry(environment(entry), wanted)) {
                    found.add(handle);
                }
            }
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("cannot list processes in /proc", e);
        }
        return found;
    }

    /** Kills the processes whose mark starts with this text, again and again while they start others. */
    public static void kill(String prefix) {
        for (int pass = 0; pass < PASSES; pass++) {
            List<ProcessHandle> left = processes(prefix);
            if (left.isEmpty()) {
                return;
            }
            left.forEach(ProcessHandle::destroyForcibly);
        }
    }

    private static byte[] environment(Path process) {
        try {
            return Files.readAllBytes(process.resolve("environ"));
        } catch (IOException ignored) {
            return new byte[0]; // gone, or somebody else's
        }
    }

    private static boolean hasEntry(byte[] environment, byte[] wanted) {
        int start = 0;
        while (start + wanted.length <= environment.length) {
            if (java.util.Arrays.equals(environment, start, start + wanted.length, wanted, 0, wanted.length)) {
                return true;
            }
            while (start < environment.length && environment[start] != 0) {
                start++;
            }
            start++;
        }
        return false;
    }
}
