package dev.firedrill.reports.record;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One alert, from its failing check to its resolution. Moments are absent as long as the journal does not tell them.
 *
 * @param name of the alert
 * @param canary whether it only showed that the pager can hear
 * @param pendingOrNull since when its check failed
 * @param firingOrNull since when it fired, by its sender
 * @param deliveredOrNull when the pager first had it
 * @param resolvedOrNull when it was over, by its sender
 * @param allClearOrNull when the pager learned that
 * @param deliveries how often the pager was told of it
 */
public record AlertRecord(
        String name,
        boolean canary,
        Map<String, String> labels,
        Map<String, String> annotations,
        @Nullable Duration pendingOrNull,
        @Nullable Duration firingOrNull,
        @Nullable Duration deliveredOrNull,
        @Nullable Duration resolvedOrNull,
        @Nullable Duration allClearOrNull,
        int deliveries) {}
