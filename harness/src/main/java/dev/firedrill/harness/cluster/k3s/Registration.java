package dev.firedrill.harness.cluster.k3s;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerLaunchException;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.utility.LogUtils;

/**
 * Waits until a node says that it has registered, or has ended instead. It listens to what the node says, and keeps the
 * last of it, which is gone with the container otherwise.
 *
 * <p>Source: the log line that Testcontainers' K3s module waits for.
 */
final class Registration extends AbstractWaitStrategy {
    private static final String LINE = "Node controller sync successful";

    private final Deque<String> last = new ArrayDeque<>();
    private final int kept;
    private final CompletableFuture<Boolean> registered = new CompletableFuture<>();

    /** @param kept how many of the last lines are remembered */
    Registration(Duration within, int kept) {
        this.kept = kept;
        this.startupTimeout = within;
    }

    @Override
    protected void waitUntilReady() {
        LogUtils.followOutput(DockerClientFactory.instance().client(), waitStrategyTarget.getContainerId(), this::hear);
        try {
            if (!registered.get(startupTimeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new ContainerLaunchException("its process ended");
            }
        } catch (TimeoutException e) {
            throw new ContainerLaunchException("it did not register within " + startupTimeout.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("nobody completes it so", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContainerLaunchException("interrupted while it started", e);
        }
    }

    /** Takes in a part of what the node says; the end of it, where there is no more. */
    void hear(OutputFrame frame) {
        if (frame.getType() == OutputFrame.OutputType.END) {
            registered.complete(false);
            return;
        }
        String said = frame.getUtf8String();
        synchronized (last) {
            said.lines().forEach(last::addLast);
            while (last.size() > kept) {
                last.removeFirst();
            }
        }
        if (said.contains(LINE)) {
            registered.complete(true);
        }
    }

    /** The last lines that the node said. */
    String lastWords() {
        synchronized (last) {
            return String.join("\n", last);
        }
    }
}
