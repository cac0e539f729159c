package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/**
 * Passes everything on later. The end of the stream follows the last byte without a delay of its own.
 *
 * @param latency how much later, in milliseconds
 * @param jitter how much more or less at most, in milliseconds
 */
public record Latency(long latency, long jitter) implements Toxic {
    @Override
    public String type() {
        return "latency";
    }

    @Override
    public Map<String, Long> attributes() {
        return Ordered.of("latency", latency, "jitter", jitter);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new Latency(changes.number("latency", latency), changes.number("jitter", jitter));
    }

    @Override
    public Stage stage(Random random) {
        return new TimedStage() {
            @Override
            public void data(Chunk chunk) {
                later(chunk, chunk.arrivedNanos() + delay(random));
            }

            /** So that a latency behind this one adds its own. */
            @Override
            Chunk passing(Chunk chunk, long due) {
                return new Chunk(chunk.data(), due);
            }

            @Override
            public void end(End end) {
                later(end, site().now());
            }

            @Override
            public boolean holdsMany() {
                return true;
            }
        };
    }

    private long delay(Random random) {
        long spread = Toxic.nanos(jitter);
        double part = spread == 0 ? 0 : random.nextDouble() * 2 - 1;
        return Math.max(0, Toxic.nanos(latency) + (long) (spread * part));
    }
}
