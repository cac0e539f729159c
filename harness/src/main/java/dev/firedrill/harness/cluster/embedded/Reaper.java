package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.embedded.kubelet.Launcher;
import dev.firedrill.harness.cluster.embedded.kubelet.ProcessMark;
import dev.firedrill.harness.model.ProvisioningException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small process of its own that outlives the harness for a moment: it kills every process that bears the run's mark
 * and
 * removes the run's directory, also when the harness was killed.
 */
final class Reaper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Reaper.class);
    private static final String SCRIPT = "reaper.sh";
    private static final long FAREWELL_SECONDS = 5;

    private final Process process;

    private Reaper(Process process) {
        this.process = process;
    }

    /**
     * Starts to watch over a run.
     *
     * @param directory the run's directory; it is marked as such, and nothing else is ever removed
     */
    static Reaper watch(String run, Path directory) {
        try (InputStream script = Reaper.class.getResourceAsStream(SCRIPT)) {
            if (script == null) {
                throw new IOException(SCRIPT + " is missing from the harness");
            }
            Files.writeString(directory.resolve(".firedrill-run"), run);
            String text = new String(script.readAllBytes(), StandardCharsets.UTF_8);
            String mark = ProcessMark.VARIABLE + "=" + run + ".";
            List<String> command = List.of("sh", "-c", text, "firedrill-reaper", mark, directory.toString());
            Map<String, String> environment = Map.of("PATH", "/usr/local/bin:/usr/bin:/bin");
            return new Reaper(Launcher.startWithInput(command, environment, Path.of("/")));
        } catch (IOException e) {
            throw new ProvisioningException("the reaper of the embedded cluster did not start: " + e.getMessage(), e);
        }
    }

    /** Has everything ended now, and waits until it is. */
    @Override
    public void close() {
        try (OutputStream farewell = process.getOutputStream()) {
            farewell.write("bye\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            LOG.debug("the reaper went before its harness", e);
        }
        try {
            if (!process.waitFor(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("the reaper is still at work after {} s", FAREWELL_SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
