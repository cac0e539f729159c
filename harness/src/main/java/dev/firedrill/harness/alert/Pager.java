package dev.firedrill.harness.alert;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.InboxItem;
import dev.firedrill.harness.agent.InboxPage;
import dev.firedrill.harness.agent.Tail;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What whoever is on call would get: follows the agent's inbox in the background, appends every notification to the
 * journal, and answers questions about them. Canaries are journaled, and never counted.
 *
 * <pre>{@code
 * try (Pager pager = Pager.follow(agent, journal)) {
 *     pager.markBaseline();
 *     Optional<ReceivedAlert> page = pager.awaitFiring(AlertMatch.named("BacklogOld"), Duration.ofSeconds(5));
 * }
 * }</pre>
 */
public final class Pager implements AutoCloseable {
    private static final String SOURCE = "agent";
    private static final Duration READ_NOTED = Duration.ofSeconds(1);

    private final AgentClient agent;
    private final Journal journal;
    private final ReentrantLock lock = new ReentrantLock();
    private final ReentrantLock taking = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private final List<ReceivedAlert> alerts = new ArrayList<>();
    private final List<ReceivedAlert> canaries = new ArrayList<>();
    private final Tail tail;
    private Duration noted = Duration.ZERO;
    private String log = "";
    private long cursor;
    private int baseline;

    private Pager(AgentClient agent, Journal journal) {
        this.agent = agent;
        this.journal = journal;
        this.tail = Tail.follow("pager", Duration.ZERO, this::read, this::troubled);
    }

    /** Begins to follow an inbox, from its first item. */
    public static Pager follow(AgentClient agent, Journal journal) {
        return new Pager(agent, journal);
    }

    /** All notifications so far, oldest first. */
    public List<ReceivedAlert> alerts() {
        return locked(() -> List.copyOf(alerts));
    }

    /** The alerts whose last word is firing. */
    public Collection<ReceivedAlert> firing() {
        return new AlertHistory(alerts()).firing();
    }

    /** From now on, what is firing at this moment is not counted by {@link #awaitFiring}. */
    public void markBaseline() {
        locked(() -> baseline = alerts.size());
    }

    /**
     * Waits for a firing notification that came after the baseline was marked, and is not of an alert that was firing
     * then. At the end of a vain wait the inbox is read once more, and the journal says so.
     */
    public Optional<ReceivedAlert> awaitFiring(AlertMatch match, Duration atMost) {
        await(() -> fired(match).isPresent(), atMost);
        return locked(() -> fired(match));
    }

    /**
     * Waits until no alert that matches is firing, while at least one did.
     *
     * @return whether that came to be
     */
    public boolean awaitResolved(AlertMatch match, Duration atMost) {
        BooleanSupplier resolved = () -> {
            AlertHistory history = new AlertHistory(alerts).matching(match);
            return !history.received().isEmpty() && history.firing().isEmpty();
        };
        await(resolved, atMost);
        return locked(resolved::getAsBoolean);
    }

    /** The notifications, from a moment on, of alerts that were not firing before. */
    public List<ReceivedAlert> pagedSince(Instant moment) {
        return new AlertHistory(alerts()).pagedSince(moment);
    }

    /** Whether nothing new came from a moment on; see {@link Canary} for whether to believe it. */
    public boolean silentSince(Instant moment) {
        return pagedSince(moment).isEmpty();
    }

    /**
     * Reads the inbox to its end now, and journals that it was read.
     *
     * @throws FiredrillException if the agent cannot be reached
     */
    public void settle() {
        InboxPage page;
        boolean more;
        do {
            page = agent.inbox(locked(() -> cursor), Duration.ZERO);
            more = take(page);
        } while (more);
        note(page);
    }

    /** Stops following. */
    @Override
    public void close() {
        tail.close();
    }

    /** The notifications of the canary so far. */
    List<ReceivedAlert> canaries() {
        return locked(() -> List.copyOf(canaries));
    }

    /** Waits for something that concerns what was received; evaluated under the lock. */
    boolean await(BooleanSupplier condition, Duration atMost) {
        lock.lock();
        try {
            long left = atMost.toNanos();
            while (!condition.getAsBoolean() && left > 0) {
                left = news.awaitNanos(left);
            }
            if (condition.getAsBoolean()) {
                return true;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FiredrillException("Interrupted while waiting for the pager", e);
        } finally {
            lock.unlock();
        }
        settle();
        return locked(condition::getAsBoolean);
    }

    private Optional<ReceivedAlert> fired(AlertMatch match) {
        Collection<ReceivedAlert> old = new AlertHistory(alerts.subList(0, baseline)).firing();
        return new AlertHistory(alerts.subList(baseline, alerts.size()))
                .newTo(old).stream().filter(match::matches).findFirst();
    }

    /** One poll in the background. That nothing came is journaled too, once in a while: a check needs to know it. */
    private void read(Duration wait) {
        InboxPage page = agent.inbox(locked(() -> cursor), wait.compareTo(READ_NOTED) < 0 ? wait : READ_NOTED);
        boolean more = take(page);
        Duration sinceNoted = journal.clock().elapsed().minus(locked(() -> noted));
        if (!more && sinceNoted.compareTo(READ_NOTED) >= 0) {
            note(page);
        }
    }

    private void note(InboxPage page) {
        Duration bound = agent.recentClockOffset().furthest();
        journal.append(SOURCE, EventType.PAGER_READ, page.now(), bound, Map.of("cursor", page.cursor()));
        locked(() -> noted = journal.clock().elapsed());
    }

    /**
     * Journals what is new, outside of the lock, since a listener of the journal may ask the pager.
     *
     * @return whether there is more to read at once
     */
    private boolean take(InboxPage page) {
        Duration bound = agent.recentClockOffset().furthest();
        taking.lock();
        try {
            if (!page.log().equals(log)) {
                begin(page, bound);
                return true;
            }
            for (InboxItem item : page.items()) {
                if (item.cursor() > locked(() -> cursor)) {
                    receive(item, bound);
                }
            }
            return page.more();
        } finally {
            taking.unlock();
        }
    }

    /** Another log than before: what was not read of that one is lost, and this one is read from its start. */
    private void begin(InboxPage page, Duration bound) {
        boolean first = log.isEmpty();
        log = page.log();
        locked(() -> cursor = 0);
        if (!first) {
            journal.append(
                    SOURCE, EventType.PAGER_READ, page.now(), bound, Map.of("cursor", page.cursor(), "lost", true));
        }
    }

    private void receive(InboxItem item, Duration bound) {
        TimelineEvent event =
                journal.append(SOURCE, EventType.ALERT_RECEIVED, item.receivedAt(), bound, ReceivedAlert.data(item));
        ReceivedAlert alert = ReceivedAlert.from(event).orElseThrow();
        locked(() -> {
            (alert.canary() ? canaries : alerts).add(alert);
            cursor = item.cursor();
            news.signalAll();
            return cursor;
        });
    }

    private void troubled(FiredrillException trouble) {
        journal.append(
                "harness", EventType.NOTE, Map.of("text", "the pager's inbox cannot be read: " + trouble.getMessage()));
    }

    private <T extends @Nullable Object> T locked(Supplier<T> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
