package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.model.Durations;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;

/**
 * For how long a system is held for a look around.
 *
 * @param timeOrNull the time; null for until Ctrl-C
 */
record Hold(@Nullable Duration timeOrNull) {
    /** What a flag without a time stands for. */
    static final String UNTIL_INTERRUPTED = "until Ctrl-C";

    /**
     * Holds.
     *
     * @throws InterruptedException at Ctrl-C
     */
    void keep() throws InterruptedException {
        CountDownLatch forever = new CountDownLatch(1);
        if (timeOrNull == null) {
            forever.await();
        } else if (forever.await(timeOrNull.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException("nobody opens this latch");
        }
    }

    /** How it ends, for people. */
    String end() {
        return timeOrNull == null
                ? "Ctrl-C ends it"
                : "It ends after " + Durations.words(timeOrNull) + ", or by Ctrl-C,";
    }

    /** From a flag's value. */
    static final class Converter implements ITypeConverter<Hold> {
        @Override
        public Hold convert(String text) throws Exception {
            return new Hold(text.equals(UNTIL_INTERRUPTED) ? null : new Numbers.Span().convert(text));
        }
    }
}
