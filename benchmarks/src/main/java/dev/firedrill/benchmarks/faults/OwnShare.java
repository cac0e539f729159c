package dev.firedrill.benchmarks.faults;

import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;

/**
 * How long an injection took until its effect was proven, and its undo until the recovery was, and what of each is the
 * harness's own share: all save for the time in which the system had not yet shown what was looked for.
 *
 * @param injected from the call to the proof
 * @param injecting its own share
 * @param recovered from the call of the undo to the proof that everything is well
 * @param recovering its own share
 */
record OwnShare(Duration injected, Duration injecting, Duration recovered, Duration recovering) {
    /** Of a drill of one fault, on a system without a pager; all that is put back with it counts. */
    static OwnShare of(Events events) {
        TimelineEvent proven = events.require(EventType.FAULT_PROVEN);
        Duration preparing = Events.millis(events.require(EventType.FAULT_INJECTED), "preparedMs");
        Duration injected = preparing.plus(Events.millis(proven, "afterMs"));

        TimelineEvent first = events.first(EventType.FAULT_UNDONE);
        Duration asked = first.received().minus(Events.millis(first, "tookMs"));
        TimelineEvent undone = events.require(EventType.FAULT_UNDONE);
        Duration undoing = events.of(EventType.FAULT_UNDONE)
                .map(each -> Events.millis(each, "tookMs").minus(Events.millis(each, "waitedMs")))
                .reduce(Duration.ZERO, Duration::plus);
        Duration end = events.provenRecovery().orElse(undone.received());
        Duration observable = Events.later(
                events.ready(undone.received()),
                events.healthy(undone.received()).plus(Events.LASTING));
        Duration late = Events.later(Duration.ZERO, end.minus(observable));
        return new OwnShare(injected, injected.minus(ofTheSystem(events)), end.minus(asked), undoing.plus(late));
    }

    /** What the system took of an injection until its effect could be seen. */
    static Duration ofTheSystem(Events events) {
        TimelineEvent injected = events.require(EventType.FAULT_INJECTED);
        TimelineEvent proven = events.require(EventType.FAULT_PROVEN);
        Duration unseen = proven.received().minus(injected.received()).minus(Events.millis(proven, "seeingMs"));
        return Events.later(Duration.ZERO, unseen)
                .plus(Events.millis(proven, "answeringMs"))
                .plus(Events.millis(injected, "answeringMs"))
                .plus(Events.millis(injected, "waitedMs"));
    }
}
