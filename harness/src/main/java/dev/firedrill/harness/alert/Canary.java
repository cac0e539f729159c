package dev.firedrill.harness.alert;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.agent.CanaryState;
import dev.firedrill.harness.model.Durations;
import dev.firedrill.harness.model.EventType;
import dev.firedrill.harness.timeline.Journal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shows that the pager works, by a page that goes the whole way: the agent's {@code /canary} turns bad, the monitor's
 * check of it fails, its alert, labelled {@code canary="true"}, reaches the inbox, and resolves when the canary is
 * well again. Without one before and one after, silence proves nothing.
 *
 * <pre>{@code
 * Canary canary = new Canary(agent, pager, journal);
 * CanaryResult before = canary.send(Canary.Phase.BEFORE, Duration.ofSeconds(10));
 * }</pre>
 */
public final class Canary {
    /** Where a canary stands to what it vouches for. */
    public enum Phase {
        BEFORE,
        AFTER;

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final String UNRESOLVED = "; does the monitor send resolved notifications?";

    private final AgentClient agent;
    private final Pager pager;
    private final Journal journal;
    private final AtomicInteger sent = new AtomicInteger();

    public Canary(AgentClient agent, Pager pager, Journal journal) {
        this.agent = agent;
        this.pager = pager;
        this.journal = journal;
    }

    /**
     * Asks for a canary page, waits until it was delivered, and then until it has resolved.
     *
     * @param deadline the time allowed for each of the two
     * @throws dev.firedrill.harness.model.FiredrillException if the agent cannot be reached
     */
    public CanaryResult send(Phase phase, Duration deadline) {
        Flight flight = new Flight("canary-" + sent.incrementAndGet(), phase, deadline);
        pager.settle();
        return firing() && !flight.landsEarlier() ? flight.lost(false, flight.trouble()) : flight.fly();
    }

    private boolean firing() {
        return !new AlertHistory(pager.canaries()).firing().isEmpty();
    }

    /** One canary under way. */
    private final class Flight {
        private final String id;
        private final Phase phase;
        private final Duration deadline;
        private final Duration start = journal.clock().elapsed();
        private final CanaryState atStart = agent.canary(false);
        private String trouble = "";

        Flight(String id, Phase phase, Duration deadline) {
            this.id = id;
            this.phase = phase;
            this.deadline = deadline;
        }

        /** Waits until an earlier canary, which would be taken for this one, has resolved. */
        boolean landsEarlier() {
            trouble = "an earlier canary is still firing after " + Durations.words(deadline) + UNRESOLVED;
            return pager.await(() -> !firing(), deadline);
        }

        CanaryResult fly() {
            int already = pager.canaries().size();
            stage("asked", journal.clock().now(), Duration.ZERO, Map.of());
            boolean delivered;
            try {
                agent.canary(true);
                delivered = pager.await(() -> page(already).isPresent(), deadline);
            } finally {
                agent.canary(false);
            }
            if (!delivered) {
                trouble = "no canary page within " + Durations.words(deadline)
                        + "; does the monitor have a check of http://pager:8080/canary whose alert carries "
                        + ReceivedAlert.CANARY_LABEL + "=\"true\"?";
                return lost(false, trouble());
            }
            Duration took = delivered("paged", page(already).orElseThrow());
            if (!pager.await(() -> !firing(), deadline)) {
                trouble = "the canary was paged, and still fires " + Durations.words(deadline)
                        + " after it was well again" + UNRESOLVED;
                return lost(true, trouble());
            }
            List<ReceivedAlert> all = pager.canaries();
            delivered("resolved", all.get(all.size() - 1));
            return new CanaryResult(true, true, took, "");
        }

        CanaryResult lost(boolean paged, String reason) {
            Duration took = journal.clock().elapsed().minus(start);
            stage("lost", journal.clock().now(), Duration.ZERO, Map.of("afterMs", took.toMillis(), "reason", reason));
            return new CanaryResult(paged, false, took, reason);
        }

        /** What went wrong, with where on its way the page was lost. */
        String trouble() {
            CanaryState now = agent.canary(false);
            return trouble + " (meanwhile /canary was requested " + (now.looks() - atStart.looks())
                    + " times, and the inbox acknowledged " + (now.webhooks() - atStart.webhooks())
                    + " notifications)";
        }

        private Optional<ReceivedAlert> page(int already) {
            List<ReceivedAlert> all = pager.canaries();
            return all.subList(already, all.size()).stream()
                    .filter(ReceivedAlert::firing)
                    .findFirst();
        }

        private Duration delivered(String stage, ReceivedAlert alert) {
            Duration took = journal.clock().elapsed().minus(start);
            stage(stage, alert.receivedAt(), alert.offsetBound(), Map.of("afterMs", took.toMillis()));
            return took;
        }

        private void stage(String stage, Instant at, Duration bound, Map<String, Object> more) {
            Map<String, Object> data = new LinkedHashMap<>();
            data.put("canary", id);
            data.put("phase", phase.label());
            data.put("stage", stage);
            data.putAll(more);
            journal.append("agent", EventType.CANARY, at, bound, data);
        }
    }
}
