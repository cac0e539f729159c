package dev.firedrill.harness.probe;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.ProbeSample;
import dev.firedrill.harness.agent.SamplePage;
import dev.firedrill.harness.agent.Tail;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.model.FiredrillException;
import dev.firedrill.harness.model.Vantage;
import dev.firedrill.harness.timeline.Journal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Probes as a client in the cluster does: the agent sends the requests on its own schedule, and this follows its
 * samples. An agent runs the probes of one prober at a time.
 */
public final class InsideProber implements Prober {
    private static final String SOURCE = "agent";
    private static final String FORGOT = "the agent lost its disk; it is told again what to probe from inside";
    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(5);

    private final AgentClient agent;
    private final Journal journal;
    private final List<ProbeSpec> probes;
    private final Object reading = new Object();
    private @Nullable Tail tail;
    private volatile long cursor;
    private String log = "";

    /**
     * @param probes of the vantage inside
     * @throws IllegalArgumentException if a probe is of another vantage, or two have the same name
     */
    public InsideProber(AgentClient agent, Journal journal, Collection<ProbeSpec> probes) {
        this.agent = agent;
        this.journal = journal;
        this.probes = Probes.of(Vantage.INSIDE, probes);
    }

    @Override
    public void start() {
        cursor = tell();
        tail = Tail.follow("inside-prober", LOOK_AGAIN, wait -> take(agent.samples(cursor, wait)), this::troubled);
    }

    private long tell() {
        return agent.probe(probes.stream()
                .map(probe -> probe.planAt(URI.create(probe.target().description())))
                .toList());
    }

    @Override
    public boolean settle(Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        SamplePage page = agent.samples(cursor, Duration.ZERO);
        Instant due = page.now();
        take(page);
        while (page.more() || page.completeUntil().isBefore(due)) {
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (left.isNegative()) {
                return false;
            }
            page = agent.samples(cursor, left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
            take(page);
        }
        return true;
    }

    /** Journals what is new; two readers may bring the same samples. */
    private void take(SamplePage page) {
        synchronized (reading) {
            if (!log.isEmpty() && !page.log().equals(log)) {
                log = page.log();
                journal.append("harness", EventType.NOTE, Map.of("text", FORGOT));
                cursor = tell();
                return;
            }
            log = page.log();
            for (SamplePage.Item item : page.items()) {
                if (item.cursor() > cursor) {
                    write(item.sample());
                }
            }
            cursor = Math.max(cursor, page.cursor());
        }
    }

    private void write(ProbeSample sample) {
        journal.append(
                SOURCE,
                EventType.PROBE_SAMPLE,
                sample.finishedAt(),
                agent.recentClockOffset().furthest(),
                Observation.data(sample, Vantage.INSIDE));
    }

    private void troubled(FiredrillException trouble) {
        journal.append(
                "harness", EventType.NOTE, Map.of("text", "inside probes cannot be read: " + trouble.getMessage()));
    }

    @Override
    public void close() {
        Tail running = tail;
        if (running == null) {
            return;
        }
        tail = null;
        try {
            agent.probe(List.of());
            settle(STOP_PATIENCE);
        } finally {
            running.close();
        }
    }
}
