package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;

/** Does nothing; also what works on a connection that a toxic leaves out by its toxicity. */
public record Noop() implements Toxic {
    @Override
    public String type() {
        return "noop";
    }

    @Override
    public Map<String, Long> attributes() {
        return Map.of();
    }

    @Override
    public Toxic with(Attributes changes) {
        return this;
    }

    @Override
    public Stage stage(Random random) {
        return new Stage() {
            @Override
            public void data(Chunk chunk) {
                next().data(chunk);
            }

            @Override
            public void end(End end) {
                next().end(end);
            }
        };
    }
}
