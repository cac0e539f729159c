package dev.firedrill.benchmarks.faults;

import dev.firedrill.harness.drill.Action;
import dev.firedrill.harness.drill.Drill;
import dev.firedrill.harness.drill.Step;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.TimelineEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * How long a drill would have taken with a harness that needs no time itself: it does each thing in the moment in which
 * it may, and learns of each thing in the moment in which it happens. What is left are the waits that the drill asks
 * for, and what the system needed.
 */
final class Unavoidable {
    private final Drill drill;
    private final Events events;
    private Duration now = Duration.ZERO;
    private Duration quiet = Duration.ZERO;
    private Duration since = Duration.ZERO;

    private Unavoidable(Drill drill, Events events) {
        this.drill = drill;
        this.events = events;
    }

    /** Of a drill of one fault at a time, whose expectations are of what happens after it, or after its undo. */
    static Duration of(Drill drill, Events events) {
        return new Unavoidable(drill, events).total();
    }

    private Duration total() {
        now = now.plus(canary("before"));
        drill.steps().forEach(this::step);
        Duration undone = events.require(EventType.FAULT_UNDONE).received();
        Duration ready = now.plus(events.ready(undone).minus(undone));
        Duration healthy = now.plus(events.healthy(undone).minus(undone)).plus(Events.LASTING);
        return Events.later(ready.plus(canary("after")), healthy);
    }

    private void step(Step step) {
        Action action = step.action();
        if (action instanceof Action.AwaitSteady steady) {
            now = Events.later(now, quiet.plus(steady.lasting()));
        } else if (action instanceof Action.Inject) {
            since = now;
            now = now.plus(OwnShare.ofTheSystem(events));
            quiet = now;
        } else if (action instanceof Action.Undo) {
            since = now;
            now = now.plus(Events.millis(events.require(EventType.FAULT_UNDONE), "waitedMs"));
            quiet = now;
        } else if (action instanceof Action.Observe observe) {
            now = now.plus(observe.window());
        } else if (action instanceof Action.Demand) {
            now = demanded(step.id());
        }
    }

    /** When the last of what is demanded in a step had come. */
    private Duration demanded(String step) {
        return events.of(EventType.EXPECTATION_JUDGED)
                .filter(event -> event.text("step").equals(step))
                .map(event -> since.plus(Events.millis(event, "tookMs")))
                .reduce(now, Events::later);
    }

    /** What the pager's way takes, there and, when that is known, back again; by the clock of whom it reaches. */
    private Duration canary(String phase) {
        List<TimelineEvent> stages = events.of(EventType.CANARY)
                .filter(event -> event.text("phase").equals(phase))
                .toList();
        Duration total = Duration.ZERO;
        for (int i = 1; i < stages.size(); i++) {
            total = total.plus(
                    Duration.between(received(stages.get(i - 1)), stages.get(i).at()));
        }
        return total;
    }

    /** When the harness learned of it, by the clocks that tell moments. */
    private Instant received(TimelineEvent event) {
        TimelineEvent started = events.require(EventType.DRILL_STARTED);
        return started.at().plus(event.received().minus(started.received()));
    }
}
