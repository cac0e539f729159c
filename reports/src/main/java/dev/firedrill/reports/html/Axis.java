package dev.firedrill.reports.html;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Real time on the drawing, to scale.
 *
 * @param from the moment at the left edge
 * @param to the moment at the right edge
 */
record Axis(Duration from, Duration to) {
    static final double LEFT = 190;
    static final double WIDTH = 880;
    static final double RIGHT = LEFT + WIDTH;
    private static final int TICKS = 12;
    private static final double[] STEPS = {
        0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21600
    };

    /** Where a moment is; outside moments are at the edges. */
    double x(Duration at) {
        double span = Math.max(1, to.minus(from).toNanos());
        double share = at.minus(from).toNanos() / span;
        return LEFT + WIDTH * Math.max(0, Math.min(1, share));
    }

    /** The moments to mark, at round seconds from the start of the run. */
    List<Duration> ticks() {
        double seconds = to.minus(from).toNanos() / 1e9;
        double step = STEPS[STEPS.length - 1];
        for (int i = STEPS.length - 1; i >= 0 && seconds / STEPS[i] <= TICKS; i--) {
            step = STEPS[i];
        }
        while (seconds / step > TICKS) {
            step *= 2;
        }
        List<Duration> ticks = new ArrayList<>();
        long first = (long) Math.ceil(from.toNanos() / 1e9 / step);
        for (long i = first; i * step * 1e9 <= to.toNanos(); i++) {
            ticks.add(Duration.ofNanos(Math.round(i * step * 1e9)));
        }
        return ticks;
    }
}
