package dev.firedrill.harness.incident;

import dev.firedrill.harness.alert.ReceivedAlert;
import dev.firedrill.harness.drill.Figure;
import dev.firedrill.harness.incident.IncidentFigure.ChangesAbsent;
import dev.firedrill.harness.incident.IncidentFigure.Elapsed;
import dev.firedrill.harness.incident.IncidentFigure.End;
import dev.firedrill.harness.incident.IncidentFigure.StepBegins;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.resync.Drift;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Takes the figures of a replay from its journal, and says what they would be at the real intervals. */
final class ReplayFigures {
    private record Ended(End end, Duration took) {}

    private final Incident incident;
    private final Scale scale;

    ReplayFigures(Incident incident, Scale scale) {
        this.incident = incident;
        this.scale = scale;
    }

    List<Figure> all() {
        return incident.figures().stream().map(this::figure).toList();
    }

    private Figure figure(IncidentFigure figure) {
        String name = figure.name().replace(' ', '-');
        if (figure instanceof ChangesAbsent absent) {
            Moment at = Moment.stepStarted(absent.at());
            Function<List<TimelineEvent>, Optional<Long>> value =
                    events -> Drift.between(events, at, at).map(drift -> (long) drift.most());
            return new Figure(name, figure.name(), "changes", null, value, events -> Optional.empty(), figure.note());
        }
        Elapsed elapsed = (Elapsed) figure;
        RecordTime from = incident.step(elapsed.from()).time();
        return new Figure(
                name,
                figure.name(),
                "ms",
                elapsed.recordedAt()
                        .map(step -> from.to(incident.step(step).time()))
                        .orElse(null),
                events -> first(elapsed, events).map(ended -> ended.took().toMillis()),
                events -> first(elapsed, events).map(ended -> unscaled(elapsed, ended, events)),
                figure.note());
    }

    private Optional<Ended> first(Elapsed elapsed, List<TimelineEvent> events) {
        Optional<Instant> from = Moment.stepStarted(elapsed.from()).in(events);
        return from.flatMap(begin -> elapsed.to().stream()
                .flatMap(end -> took(end, elapsed, begin, events).map(took -> new Ended(end, took)).stream())
                .min(Comparator.comparing(Ended::took)));
    }

    private static Optional<Duration> took(End end, Elapsed elapsed, Instant begin, List<TimelineEvent> events) {
        if (end instanceof StepBegins step) {
            return Moment.stepStarted(step.step()).in(events).map(at -> Duration.between(begin, at));
        }
        if (end instanceof IncidentFigure.NoDrift) {
            return Drift.between(events, Moment.stepStarted(elapsed.from()), Moment.end())
                    .flatMap(drift -> drift.goneAt()
                            .map(gone -> gone.minus(drift.points().get(0).at())));
        }
        return events.stream()
                .flatMap(event -> ReceivedAlert.from(event).stream())
                .filter(alert -> alert.firing() && !alert.canary())
                .filter(alert ->
                        !alert.receivedAt().isBefore(begin) && !alert.startsAt().isBefore(begin))
                .map(alert -> Duration.between(begin, alert.receivedAt()))
                .min(Comparator.naturalOrder());
    }

    /**
     * A page waits for the monitor's intervals, which are stretched. Everything else waits for people: it takes the
     * time that the record has between the steps.
     */
    private Duration unscaled(Elapsed elapsed, Ended ended, List<TimelineEvent> events) {
        if (ended.end() instanceof IncidentFigure.FirstPage) {
            return scale.unscaled(ended.took());
        }
        if (ended.took().isZero()) {
            return Duration.ZERO;
        }
        RecordTime from = incident.step(elapsed.from()).time();
        Instant at = Moment.stepStarted(elapsed.from()).in(events).orElseThrow().plus(ended.took());
        return incident.timeline().stream()
                .filter(step -> Moment.stepStarted(step.id())
                        .in(events)
                        .filter(begun -> !begun.isAfter(at))
                        .isPresent())
                .map(step -> from.to(step.time()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }
}
