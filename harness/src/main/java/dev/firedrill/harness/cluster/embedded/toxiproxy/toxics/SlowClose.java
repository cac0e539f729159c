package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/**
 * Passes the end of the stream on later.
 *
 * @param delay how much later, in milliseconds
 */
public record SlowClose(long delay) implements Toxic {
    @Override
    public String type() {
        return "slow_close";
    }

    @Override
    public Map<String, Long> attributes() {
        return Map.of("delay", delay);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new SlowClose(changes.number("delay", delay));
    }

    @Override
    public Stage stage(Random random) {
        return new TimedStage() {
            @Override
            public void data(Chunk chunk) {
                next().data(chunk);
            }

            @Override
            public void end(End end) {
                later(end, site().now() + Toxic.nanos(delay));
            }
        };
    }
}
