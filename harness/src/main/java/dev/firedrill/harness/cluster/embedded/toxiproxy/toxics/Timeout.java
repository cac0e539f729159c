package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Lets no data through, and closes the connection when none has come for a while, or when the toxic is removed.
 *
 * @param timeout for how long, in milliseconds; 0 for ever
 */
public record Timeout(long timeout) implements Toxic {
    @Override
    public String type() {
        return "timeout";
    }

    @Override
    public Map<String, Long> attributes() {
        return Map.of("timeout", timeout);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new Timeout(changes.number("timeout", timeout));
    }

    @Override
    public Stage stage(Random random) {
        return new Stage() {
            private @Nullable Future<?> timer;

            @Override
            public void begin() {
                if (timeout > 0) {
                    timer = site().schedule(() -> next().end(End.CLOSED), Toxic.nanos(timeout));
                }
            }

            @Override
            public void data(Chunk chunk) {
                drop(chunk);
                cancel();
                begin();
            }

            @Override
            public void end(End end) {
                cancel();
                next().end(end);
            }

            private void cancel() {
                if (timer != null) {
                    timer.cancel(false);
                }
            }

            @Override
            public void stop(Stage heir) {
                cancel();
            }

            @Override
            public void removed() {
                cancel();
                next().end(End.CLOSED);
            }
        };
    }
}
