package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProgramsTest {
    @Test
    void nothing_is_started_once_they_are_closed() {
        Programs programs = new Programs();

        programs.close();

        assertThat(programs.closed()).isTrue();
        assertThatThrownBy(() -> start(programs))
                .isInstanceOf(IOException.class)
                .hasMessage("the node is shutting down");
    }

    @Test
    void they_are_not_closed_while_one_is_being_started() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch forked = new CountDownLatch(1);
        Programs programs = new Programs((command, environment, directory) -> {
            begun.countDown();
            awaitQuietly(forked);
            return Launcher.start(command, environment, directory);
        });
        CompletableFuture<Process> started = CompletableFuture.supplyAsync(() -> startUnchecked(programs));
        assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(programs::close);

        assertThatThrownBy(() -> closing.get(300, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        forked.countDown();
        closing.get(30, TimeUnit.SECONDS);
        assertThat(started.get(30, TimeUnit.SECONDS).waitFor()).isZero();
        assertThatThrownBy(() -> start(programs)).hasMessage("the node is shutting down");
    }

    private static Process start(Programs programs) throws IOException {
        return programs.start(List.of("true"), Map.of(), Path.of("/"));
    }

    private static Process startUnchecked(Programs programs) {
        try {
            return start(programs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
