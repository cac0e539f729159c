package dev.firedrill.harness.cluster.embedded.kubelet;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one run of a container wrote, line by line with the time of receipt, in the format of a node's log files:
 * {@code 2026-01-31T12:00:00.123456789Z stdout F text}.
 *
 * <p>Source: Kubernetes CRI logging format.
 */
final class ContainerLog {
    /** What stands between the time and the text of a line. */
    private static final String WHOLE = " stdout F ";
    /** The same where the text goes on in the next line, or ends without a line break. */
    private static final String PART = " stdout P ";

    private static final Logger LOG = LoggerFactory.getLogger(ContainerLog.class);
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
    private static final int CHUNK = 8192;
    /** A longer line is cut in pieces, as a node does. */
    private static final int LONGEST_LINE = 16 * 1024;

    private final Path file;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long length;
    private boolean complete;

    ContainerLog(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /** How much of a line of the file precedes its text. */
    static int prefix(int stamp) {
        return stamp + WHOLE.length();
    }

    /** Whether the text of a line of the file has no line break at its end. */
    static boolean isPart(byte[] line, int stamp) {
        int tag = stamp + PART.length() - 2;
        return tag < line.length && line[tag] == 'P';
    }

    /** Writes down everything from a program's output until its end. Blocks; never throws. */
    void record(InputStream output) {
        try (InputStream in = new BufferedInputStream(output, CHUNK);
                OutputStream out = Files.newOutputStream(file)) {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            ByteArrayOutputStream lines = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                for (int at = 0; at < read; at++) {
                    if (chunk[at] == '\n') {
                        finish(line, lines, WHOLE);
                        continue;
                    }
                    if (line.size() >= LONGEST_LINE) {
                        finish(line, lines, PART);
                    }
                    line.write(chunk[at]);
                }
                append(out, lines);
            }
            if (line.size() > 0) {
                finish(line, lines, PART);
                append(out, lines);
            }
        } catch (IOException e) {
            LOG.debug("log {} ended early", file, e);
        } finally {
            complete();
        }
    }

    private static void finish(ByteArrayOutputStream line, ByteArrayOutputStream lines, String tag) {
        lines.writeBytes((STAMP.format(Instant.now()) + tag).getBytes(StandardCharsets.US_ASCII));
        lines.writeBytes(line.toByteArray());
        lines.write('\n');
        line.reset();
    }

    private void append(OutputStream out, ByteArrayOutputStream lines) throws IOException {
        if (lines.size() == 0) {
            return;
        }
        lines.writeTo(out);
        lock.lock();
        try {
            length += lines.size();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        lines.reset();
    }

    /** Nothing more will come: whoever follows is told. */
    void complete() {
        lock.lock();
        try {
            complete = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes on disk that are whole lines. */
    long length() {
        lock.lock();
        try {
            return length;
        } finally {
            lock.unlock();
        }
    }

    /** Waits, {@code patience} at most, until there are more than {@code known} bytes. */
    Growth awaitMoreThan(long known, Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (length <= known && !complete && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return length > known ? Growth.MORE : complete ? Growth.NEVER : Growth.NOT_YET;
        } finally {
            lock.unlock();
        }
    }

    /** Whether a log has grown. */
    enum Growth {
        MORE,
        NOT_YET,
        NEVER
    }

    /** Waits until the log is complete. */
    boolean awaitComplete(Duration patience) throws InterruptedException {
        long nanos = patience.toNanos();
        lock.lock();
        try {
            while (!complete && nanos > 0) {
                nanos = changed.awaitNanos(nanos);
            }
            return complete;
        } finally {
            lock.unlock();
        }
    }
}
