package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/**
 * Cuts data into small pieces that are sent one by one.
 *
 * @param averageSize of a piece, in bytes
 * @param sizeVariation how many bytes more or less
 * @param delay between two pieces, in microseconds
 */
public record Slicer(long averageSize, long sizeVariation, long delay) implements Toxic {
    private static final long NANOS_PER_MICRO = 1000;

    @Override
    public String type() {
        return "slicer";
    }

    @Override
    public Map<String, Long> attributes() {
        return Ordered.of("average_size", averageSize, "size_variation", sizeVariation, "delay", delay);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new Slicer(
                changes.number("average_size", averageSize),
                changes.number("size_variation", sizeVariation),
                changes.number("delay", delay));
    }

    @Override
    public Stage stage(Random random) {
        return new TimedStage() {
            private long free;
            private boolean begun;

            @Override
            public void data(Chunk chunk) {
                long now = site().now();
                if (!begun || free - now < 0) {
                    begun = true;
                    free = now;
                }
                while (chunk.size() > 0) {
                    later(chunk.first((int) Math.min(chunk.size(), piece(random))), free);
                    free += Math.max(0, Math.min(delay, Long.MAX_VALUE / (4 * NANOS_PER_MICRO))) * NANOS_PER_MICRO;
                }
                chunk.data().release();
            }

            @Override
            public void end(End end) {
                later(end, site().now());
            }
        };
    }

    private long piece(Random random) {
        long spread = Math.max(0, Math.min(sizeVariation, averageSize - 1));
        double part = spread == 0 ? 0 : random.nextDouble() * 2 - 1;
        return Math.max(1, averageSize + Math.round(spread * part));
    }
}
