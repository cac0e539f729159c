package dev.firedrill.harness.cluster.embedded.toxiproxy.toxics;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Resets the connection some time after the first bytes, or the end of the stream, have come. None of them pass.
 *
 * @param timeout how long after, in milliseconds
 */
public record ResetPeer(long timeout) implements Toxic {
    @Override
    public String type() {
        return "reset_peer";
    }

    @Override
    public Map<String, Long> attributes() {
        return Map.of("timeout", timeout);
    }

    @Override
    public Toxic with(Attributes changes) {
        return new ResetPeer(changes.number("timeout", timeout));
    }

    @Override
    public Stage stage(Random random) {
        return new Countdown(timeout);
    }

    private static final class Countdown extends Stage {
        private final long timeout;
        private boolean triggered;
        private @Nullable Future<?> timer;

        Countdown(long timeout) {
            this.timeout = timeout;
        }

        @Override
        public void inherit(Stage before) {
            triggered = before instanceof Countdown same && same.triggered;
        }

        @Override
        public void begin() {
            if (triggered) {
                timer = site().schedule(() -> next().end(End.RESET), Toxic.nanos(timeout));
            }
        }

        @Override
        public void data(Chunk chunk) {
            drop(chunk);
            trigger();
        }

        @Override
        public void end(End end) {
            trigger();
        }

        private void trigger() {
            if (!triggered) {
                triggered = true;
                begin();
            }
        }

        @Override
        public void stop(Stage heir) {
            if (timer != null) {
                timer.cancel(false);
            }
        }

        @Override
        public void removed() {
            stop(next());
            if (triggered) {
                next().end(End.RESET);
            }
        }
    }
}
