package dev.firedrill.reports.record;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A stage of the check that the pager hears: silence is believed only between two canaries that were paged.
 *
 * @param phase before or after
 * @param stage asked, paged, resolved or lost
 * @param afterOrNull how long after it was asked for
 */
public record CanaryRecord(
        String canary,
        String phase,
        String stage,
        Duration at,
        @Nullable Duration afterOrNull) {}
