package dev.firedrill.harness.cluster.embedded.kubelet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/** One run of a container: a process and everything that it starts. */
final class ContainerRun {
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final Process process;
    private final String mark;
    private final String image;
    private final HandlerActions.Program surroundings;
    private final MountTable mounts;
    private final ContainerLog log;
    private final Instant startedAt = Instant.now();

    /**
     * @param mark the value of {@link ProcessMark#VARIABLE} in the process's environment
     * @param surroundings environment and directory, for programs run beside it
     * @param mounts where its mounted paths are, for theirs
     */
    ContainerRun(
            Process process,
            String mark,
            String image,
            HandlerActions.Program surroundings,
            MountTable mounts,
            ContainerLog log) {
        this.process = process;
        this.mark = mark;
        this.image = image;
        this.surroundings = surroundings;
        this.mounts = mounts;
        this.log = log;
    }

    String id() {
        return "process://" + process.pid();
    }

    String image() {
        return image;
    }

    ContainerLog log() {
        return log;
    }

    Instant startedAt() {
        return startedAt;
    }

    /** A program beside the container's own, with the same environment and the same mounted paths. */
    HandlerActions.Program beside(List<String> command) {
        Map<String, String> environment = surroundings.environment();
        Path directory = surroundings.directory();
        List<String> rewritten = command.stream().map(mounts::rewrite).toList();
        return new HandlerActions.Program(rewritten, environment, directory);
    }

    /** Records the output; tells the exit status when the process and all that it started are gone. */
    void attend(Executor pool, IntConsumer exit) {
        pool.execute(() -> log.record(process.getInputStream()));
        var unused = process.onExit().thenAcceptAsync(ended -> exit.accept(cleanUp(ended)), pool);
    }

    private int cleanUp(Process ended) {
        ProcessMark.kill(mark);
        try {
            log.awaitComplete(LAST_WORDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ended.exitValue();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** Asks the first process to end (SIGTERM). */
    void terminate() {
        process.toHandle().destroy(); // through the handle: a Process would close its output, and lose the last words
    }

    /** Ends the first process and all that it started (SIGKILL). */
    void kill() {
        List<ProcessHandle> all;
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            all = descendants.toList();
        }
        process.toHandle().destroyForcibly();
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
