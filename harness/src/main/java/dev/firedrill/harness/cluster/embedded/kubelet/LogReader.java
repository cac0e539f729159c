package dev.firedrill.harness.cluster.embedded.kubelet;

import dev.firedrill.harness.cluster.embedded.kubelet.ContainerLog.Growth;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Answers a {@link LogQuery} from a {@link ContainerLog}, in pieces. */
final class LogReader {
    /** Where the pieces go. */
    interface Sink {
        /** Takes a piece; false if nobody wants more. */
        boolean write(byte[] piece) throws IOException, InterruptedException;

        /** Whether somebody still wants more. */
        boolean open();
    }

    private static final int CHUNK = 64 * 1024;
    private static final Duration CHECK_SINK_EVERY = Duration.ofSeconds(1);

    private final ContainerLog log;
    private final LogQuery query;
    private final Sink sink;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private long left;
    /** What was copied last has no line break at its end. */
    private boolean inLine;

    LogReader(ContainerLog log, LogQuery query, Sink sink) {
        this.log = log;
        this.query = query;
        this.sink = sink;
        this.left = query.limit() < 0 ? Long.MAX_VALUE : query.limit();
    }

    /** Copies what was asked for; with {@code follow}, until the container's run ends or the sink closes. */
    void copy() throws IOException, InterruptedException {
        if (log.length() == 0 && !awaitMore(0)) {
            return;
        }
        try (RandomAccessFile file = new RandomAccessFile(log.file().toFile(), "r")) {
            long end = log.length();
            long at = start(file, end);
            while (true) {
                if (!copyRange(file, at, end)) {
                    return;
                }
                at = end;
                if (!awaitMore(at)) {
                    return;
                }
                end = log.length();
            }
        }
    }

    private boolean awaitMore(long known) throws InterruptedException {
        Growth growth = query.follow() ? Growth.NOT_YET : Growth.NEVER;
        while (growth == Growth.NOT_YET && sink.open()) {
            growth = log.awaitMoreThan(known, CHECK_SINK_EVERY);
        }
        return growth == Growth.MORE;
    }

    /** Where the last {@code tail} lines start. */
    private long start(RandomAccessFile file, long end) throws IOException {
        if (query.tail() < 0) {
            return 0;
        }
        long newlines = 0;
        byte[] chunk = new byte[CHUNK];
        for (long from = end; from > 0; ) {
            int size = (int) Math.min(CHUNK, from);
            from -= size;
            file.seek(from);
            file.readFully(chunk, 0, size);
            for (int at = size - 1; at >= 0; at--) {
                if (chunk[at] == '\n' && ++newlines > query.tail()) {
                    return from + at + 1;
                }
            }
        }
        return 0;
    }

    private boolean copyRange(RandomAccessFile file, long from, long end) throws IOException, InterruptedException {
        byte[] chunk = new byte[CHUNK];
        file.seek(from);
        for (long at = from; at < end; ) {
            int size = (int) Math.min(CHUNK, end - at);
            file.readFully(chunk, 0, size);
            at += size;
            if (!copyLines(chunk, size)) {
                return false;
            }
        }
        return true;
    }

    private boolean copyLines(byte[] chunk, int size) throws IOException, InterruptedException {
        ByteArrayOutputStream piece = new ByteArrayOutputStream(size);
        for (int at = 0; at < size; at++) {
            line.write(chunk[at]);
            if (chunk[at] == '\n') {
                select(line.toByteArray(), piece);
                line.reset();
            }
        }
        byte[] bytes = piece.toByteArray();
        int allowed = (int) Math.min(bytes.length, left);
        left -= allowed;
        if (allowed > 0 && !sink.write(allowed == bytes.length ? bytes : java.util.Arrays.copyOf(bytes, allowed))) {
            return false;
        }
        return left > 0;
    }

    private void select(byte[] whole, ByteArrayOutputStream piece) {
        int stamp = 0;
        while (stamp < whole.length && whole[stamp] != ' ') {
            stamp++;
        }
        String time = new String(whole, 0, stamp, StandardCharsets.US_ASCII);
        int text = Math.min(whole.length, ContainerLog.prefix(stamp));
        if (query.since() != null && before(time, query.since())) {
            return;
        }
        if (query.timestamps() && !inLine) {
            piece.writeBytes((time + " ").getBytes(StandardCharsets.US_ASCII));
        }
        inLine = ContainerLog.isPart(whole, stamp);
        piece.write(whole, text, whole.length - text - (inLine ? 1 : 0));
    }

    private static boolean before(String time, Instant since) {
        try {
            return Instant.parse(time).isBefore(since);
        } catch (DateTimeParseException e) {
            return false;
        }
    }
}
