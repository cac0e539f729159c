package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/**
 * Closes the connection when a number of bytes has passed.
 *
 * @param bytes how many
 */
public record LimitData(long bytes) implements Toxic {
    @Override
    public String type() {
        return "limit_data";
    }

    @Override
    public Map<String, Long> attributes() {
        return Map.of("bytes", bytes);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new LimitData(changes.number("bytes", bytes));
    }

    @Override
    public Stage stage(Random random) {
        return new Meter(bytes);
    }

    private static final class Meter extends Stage {
        private final long limit;
        private long passed;
        private boolean closed;

        Meter(long limit) {
            this.limit = limit;
        }

        @Override
        public void inherit(Stage before) {
            if (before instanceof Meter same) {
                passed = same.passed;
                closed = same.closed;
            }
        }

        @Override
        public void data(Chunk chunk) {
            long left = closed ? 0 : Math.max(0, limit - passed);
            int size = (int) Math.min(left, chunk.size());
            if (size > 0) {
                Chunk allowed = chunk.first(size);
                passed += size;
                next().data(allowed);
            }
            drop(chunk);
            if (!closed && passed >= limit) {
                closed = true;
                next().end(End.CLOSED);
            }
        }

        @Override
        public void end(End end) {
            if (!closed) {
                next().end(end);
            }
        }
    }
}
