package dev.firedrill.harness.agent;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The time in which the machine let programs stand still, remembered for as long as a request can be under way. */
final class LostTime {
    private static final long STEP_MILLIS = 100;
    private static final long LEAST = TimeUnit.MILLISECONDS.toNanos(STEP_MILLIS / 2);

    private final MachineLoad machine;
    private final LongSupplier nanoTime;
    private final long kept;
    private final Deque<Loss> losses = new ArrayDeque<>();
    private MachineLoad.Reading last;
    private long lastLook;
    private long timer;

    private record Loss(long from, long until, double share) {
        double within(long since, long to) {
            return share * Math.max(0, Math.min(to, until) - Math.max(since, from));
        }
    }

    /** @param kept how far back {@link #since} can be asked for */
    LostTime(MachineLoad machine, Duration kept) {
        this(machine, kept, System::nanoTime);
    }

    /** @param nanoTime the clock of all that is asked, as {@link System#nanoTime()} */
    LostTime(MachineLoad machine, Duration kept, LongSupplier nanoTime) {
        this.machine = machine;
        this.nanoTime = nanoTime;
        this.kept = kept.toNanos();
        this.last = machine.read();
        this.lastLook = nanoTime.getAsLong();
    }

    /** Looks at the machine from now on, until it is told to end. */
    synchronized void follow(Vertx vertx) {
        timer = vertx.setPeriodic(STEP_MILLIS, each -> look());
    }

    synchronized void end(Vertx vertx) {
        vertx.cancelTimer(timer);
    }

    /** How much of the time since a {@link System#nanoTime()} was lost: from zero to all of it. */
    synchronized Duration since(long moment) {
        look();
        long now = nanoTime.getAsLong();
        double lost =
                losses.stream().mapToDouble(loss -> loss.within(moment, now)).sum();
        return Duration.ofNanos(Math.round(lost));
    }

    /** Again only after some time, since the kernel counts in hundredths of a second. */
    private synchronized void look() {
        long now = nanoTime.getAsLong();
        if (now - lastLook < LEAST) {
            return;
        }
        MachineLoad.Reading reading = machine.read();
        double share = reading.lostSince(last, Duration.ofNanos(now - lastLook));
        if (share > 0) {
            losses.addLast(new Loss(lastLook, now, share));
        }
        last = reading;
        lastLook = now;
        while (!losses.isEmpty() && losses.getFirst().until < now - kept) {
            losses.removeFirst();
        }
    }
}
