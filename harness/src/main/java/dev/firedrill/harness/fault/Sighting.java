package dev.firedrill.harness.fault;

import dev.firedrill.harness.agent.AgentClient;
import dev.firedrill.harness.timeline.Timekeeper;
import java.time.Duration;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What came of looking for a proof.
 *
 * @param evidenceOrNull what was seen, null if nothing was in time
 * @param troubleOrNull how the proof failed itself when asked last, to be put after a message; null if it did not
 * @param looks how often it was asked
 * @param seeing how long seeing took: from the beginning of the last look that saw nothing, or of the first if there
 *     was none, to the end of the one that saw the effect
 * @param answering of the last look: how long the system took to answer what was asked from inside
 */
record Sighting(
        @Nullable String evidenceOrNull,
        @Nullable String troubleOrNull,
        int looks,
        Duration seeing,
        Duration answering) {
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);
    private static final Duration GLANCE_AGAIN = Duration.ofMillis(250);
    private static final int GLANCES = 4;

    Optional<String> evidence() {
        return Optional.ofNullable(evidenceOrNull);
    }

    /** Asks until there is an answer or the time is up; a proof that crashes is asked again, and has not answered. */
    static Sighting await(Proof proof, FaultScene scene, FaultPlan plan) {
        Looking looking = new Looking(proof, scene, plan);
        try {
            Awaitility.await()
                    .pollInSameThread()
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_AGAIN)
                    .atMost(proof.within())
                    .until(looking::sees);
        } catch (ConditionTimeoutException notSeen) {
            return looking.result(null);
        }
        return looking.result(looking.seen);
    }

    /**
     * Asks before anything is changed, until nothing is seen or several looks have seen something: one look at a system
     * that is busy may see what is over at the next.
     */
    static Sighting before(Proof proof, FaultScene scene, FaultPlan plan) {
        Looking looking = new Looking(proof, scene, plan);
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(GLANCE_AGAIN)
                .forever()
                .until(() -> looking.seesNothing() || looking.looks == GLANCES);
        return looking.result(looking.seen);
    }

    /** Of one from before anything was changed: why the proof would prove nothing. */
    Optional<String> doubt(Proof proof) {
        if (troubleOrNull != null) {
            return Optional.of(proof.describe() + troubleOrNull);
        }
        return evidence().map(already -> "it was there before anything was changed: " + already);
    }

    /** How a proof that crashes is told, after a message. */
    private static String crash(Throwable trouble) {
        return "; the proof itself failed: " + trouble;
    }

    /** The looks so far. */
    private static final class Looking {
        private final Proof proof;
        private final FaultScene scene;
        private final FaultPlan plan;
        private final AgentClient agent;
        private final Timekeeper clock;
        private Duration before;
        private Duration last;
        private Duration answered = Duration.ZERO;
        private int looks;
        private @Nullable String seen;
        private @Nullable String trouble;

        Looking(Proof proof, FaultScene scene, FaultPlan plan) {
            this.proof = proof;
            this.agent = scene.agent().timed();
            this.scene = scene.seenBy(agent);
            this.plan = plan;
            this.clock = scene.journal().clock();
            this.before = clock.elapsed();
            this.last = before;
        }

        boolean sees() {
            before = last;
            last = clock.elapsed();
            looks++;
            Duration until = agent.answering();
            try {
                proof.evidence(scene, plan).ifPresent(evidence -> seen = evidence);
                trouble = null;
            } catch (RuntimeException | AssertionError e) {
                trouble = crash(e);
            }
            answered = agent.answering().minus(until);
            return seen != null;
        }

        boolean seesNothing() {
            seen = null;
            return !sees() && trouble == null;
        }

        Sighting result(@Nullable String evidence) {
            return new Sighting(evidence, trouble, looks, clock.elapsed().minus(before), answered);
        }
    }
}
