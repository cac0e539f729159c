package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.incident.Scale;
import dev.firedrill.harness.model.Durations;
import java.time.Duration;
import java.util.OptionalLong;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Numbers and durations of flags, refused in the words of everything else that is refused. */
final class Numbers {
    private Numbers() {}

    /** The factor of {@code --scale}. */
    static final class ScaleFactor implements ITypeConverter<Integer> {
        @Override
        public Integer convert(String text) {
            OptionalLong number = whole(text);
            if (number.isEmpty() || number.getAsLong() < 1 || number.getAsLong() > Scale.MOST) {
                throw new TypeConversionException(
                        "must be a whole number from 1 to " + Scale.MOST + ", not \"" + text + "\"");
            }
            return (int) number.getAsLong();
        }
    }

    /** The number of {@code --seed}. */
    static final class Seed implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            return whole(text)
                    .orElseThrow(() ->
                            new TypeConversionException("must be a whole number of 64 bits, not \"" + text + "\""));
        }
    }

    /** The time of {@code --for}. */
    static final class Span implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            return Durations.parse(text)
                    .filter(span -> !span.isZero())
                    .orElseThrow(() ->
                            new TypeConversionException("must be " + Durations.ALLOWED + ", not \"" + text + "\""));
        }
    }

    private static OptionalLong whole(String text) {
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
