package dev.firedrill.harness.incident;

import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Durations;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** For how long a replay watches between one of its steps and now: too short a silence says nothing. */
final class WatchedTime {
    private final Scale scale;
    private final Map<String, Duration> begun = new LinkedHashMap<>();
    private Duration watched = Duration.ZERO;
    private Duration broken = Duration.ZERO;

    WatchedTime(Scale scale) {
        this.scale = scale;
    }

    /** Whatever counts since this step counts from now on. */
    void begins(String step) {
        begun.put(step, watched);
    }

    /** A fault takes effect: silence before it says nothing of it. */
    void breaks() {
        broken = watched;
    }

    void passes(Duration time) {
        watched = watched.plus(time);
    }

    /**
     * Looks whether somebody would have been paged by now.
     *
     * @param step the step that demands silence
     * @throws ConfigurationException if a page may take longer than was watched
     */
    void demandSilence(IncidentExpectation silence, IncidentStep step) {
        String since = silence.since().map(IncidentExpectation.Since::step).orElse(step.id());
        Duration from = Replay.found(begun, since);
        Duration seen = watched.minus(from.compareTo(broken) > 0 ? from : broken);
        Duration enough = scale.cycles(scale.failures());
        if (seen.compareTo(enough) < 0) {
            String longEnough = scale.failures() + (scale.failures() == 1 ? " cycle" : " cycles");
            throw silence.origin()
                    .wrong("silence is demanded after " + Durations.words(seen) + " of observation, and a page takes up"
                            + " to " + longEnough + ", " + Durations.words(enough) + "; allowed: for: " + longEnough
                            + " or more in this observe, or since: an earlier step");
        }
    }
}
