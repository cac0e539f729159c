package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Container;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The last words of a container: what it wrote into its file for them, or the end of its log where its policy says so.
 *
 * <p>Source: k8s.io/kubernetes, {@code pkg/kubelet/kuberuntime} ({@code getTerminationMessage}).
 */
final class TerminationMessage {
    private static final int MESSAGE_LIMIT = 4096;
    private static final int LOG_LIMIT = 2048;
    private static final int LOG_LINES = 80;

    private TerminationMessage() {}

    /** Takes the message of a run that has ended; null if it left none. */
    static @Nullable String take(Container container, Path file, int exitCode, ContainerLog log) {
        try {
            String written = written(file);
            boolean fallback = exitCode != 0 && "FallbackToLogsOnError".equals(container.getTerminationMessagePolicy());
            return fallback && (written == null || written.isEmpty()) ? end(log) : written;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static @Nullable String written(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return null;
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.delete(file);
        return new String(bytes, 0, Math.min(bytes.length, MESSAGE_LIMIT), StandardCharsets.UTF_8);
    }

    private static @Nullable String end(ContainerLog log) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        LogQuery lastLines = new LogQuery(false, false, false, LOG_LINES, null, -1);
        try {
            new LogReader(log, lastLines, new Kept(text)).copy();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        byte[] bytes = text.toByteArray();
        int from = Math.max(0, bytes.length - LOG_LIMIT);
        return bytes.length == 0 ? null : new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8);
    }

    private record Kept(ByteArrayOutputStream text) implements LogReader.Sink {
        @Override
        public boolean write(byte[] piece) {
            text.writeBytes(piece);
            return true;
        }

        @Override
        public boolean open() {
            return true;
        }
    }
}
