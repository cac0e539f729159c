package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/**
 * Passes bytes on at a rate, each when it would have been sent. Nothing passes at a rate of 0.
 *
 * @param rate in kilobytes (1000 bytes) per second
 */
public record Bandwidth(long rate) implements Toxic {
    private static final long NANOS_PER_BYTE_AT_ONE = 1_000_000;
    private static final long PIECE_MILLIS = 100;
    private static final int PIECE = 16 * 1024;
    private static final long FOREVER = Long.MAX_VALUE / 4;

    @Override
    public String type() {
        return "bandwidth";
    }

    @Override
    public Map<String, Long> attributes() {
        return Map.of("rate", rate);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new Bandwidth(changes.number("rate", rate));
    }

    @Override
    public Stage stage(Random random) {
        return new TimedStage() {
            private long sent = Long.MIN_VALUE;

            @Override
            public void data(Chunk chunk) {
                long now = site().now();
                if (sent == Long.MIN_VALUE || sent - now < 0) {
                    sent = now;
                }
                while (chunk.size() > piece()) {
                    pass(chunk.first(piece()));
                }
                pass(chunk);
            }

            private void pass(Chunk chunk) {
                sent = rate <= 0 ? site().now() + FOREVER : sent + chunk.size() * NANOS_PER_BYTE_AT_ONE / rate;
                later(chunk, sent);
            }

            @Override
            public void end(End end) {
                later(end, site().now());
            }
        };
    }

    /** So small that nobody waits longer than a tenth of a second for the first of it. */
    private int piece() {
        return rate <= 0 ? Integer.MAX_VALUE : (int) Math.max(1, Math.min(PIECE, rate * PIECE_MILLIS));
    }
}
