package dev.firedrill.harness.resync;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * A source with a queue of delayed jobs, and a target that applies them: correct, but for what a {@link Bug} does to
 * it. Everything that a correct system may do happens by chance: refusals, lost answers, retries, jobs in any order.
 */
final class SimulatedShop implements WorkSource, WorkTarget {
    /** What is wrong with it. */
    enum Bug {
        NONE,
        DROPS_A_JOB,
        APPLIES_TWICE,
        OVERWRITES_WITH_OLDER,
        RESTORES_OLD_CONTENT,
        UNDELETES,
        INVENTS_A_CHANGE,
        RETRIES_UNDER_A_NEW_ID,
        ANSWERS_BEFORE_WRITING,
        ACKNOWLEDGES_ONLY,
        GIVES_ONE_VERSION_TWICE
    }

    private record Job(String change, String key, long version, Optional<String> value) {}

    private final Random random;
    private final Bug bug;
    private final Map<String, Long> versions = new HashMap<>();
    private final List<Job> queue = new ArrayList<>();
    private final List<Job> accepted = new ArrayList<>();
    private final Map<String, Job> newest = new HashMap<>();
    private final Map<String, Job> served = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final List<Apply> log = new ArrayList<>();
    private String takenTwice = "";
    private int changes;

    SimulatedShop(long seed, Bug bug, List<String> keys) {
        this.random = new Random(seed);
        this.bug = bug;
        for (String key : keys) {
            versions.put(key, 1L);
            served.put(key, new Job("initial", key, 1, Optional.of("initial")));
        }
    }

    @Override
    public Submission submit(String key, Optional<String> value) {
        int luck = accepted.isEmpty() ? 99 : random.nextInt(100);
        if (luck < 5) {
            return new Submission.Refused("409 Conflict");
        }
        if (luck < 10) {
            return new Submission.Unknown("timed out");
        }
        boolean taken = luck >= 15 && key.equals(takenTwice);
        long version = taken ? newestOf(key).version() : versions.merge(key, 1L, Long::sum);
        Job job = new Job("c-" + ++changes, key, version, value);
        queue.add(job);
        if (luck < 15) {
            return new Submission.Unknown("connection reset");
        }
        accepted.add(job);
        newest.put(key, job);
        return new Submission.Accepted(job.change(), job.version());
    }

    /** Delivers all jobs, in any order, some of them twice. */
    void deliver() {
        Collections.shuffle(queue, random);
        for (Job job : queue) {
            receive(job);
            if (random.nextInt(4) == 0) {
                receive(job);
            }
        }
        queue.clear();
    }

    private void receive(Job job) {
        Job current = served.get(job.key());
        if (!seen.add(job.change())) {
            write(job, Apply.Action.DUPLICATE);
        } else if (current != null && current.version() >= job.version()) {
            write(job, Apply.Action.STALE);
        } else {
            write(job, Apply.Action.APPLIED);
            served.put(job.key(), job);
        }
    }

    private void write(Job job, Apply.Action action) {
        log.add(new Apply(
                log.size() + 1L,
                job.change(),
                job.key(),
                job.version(),
                action,
                job.value().orElse(null)));
    }

    /** Makes the bug bite, on one key; needs changes under way for some bugs, and is called before {@link #deliver}. */
    void bite(String key) {
        Job last = newestOf(key);
        switch (bug) {
            case DROPS_A_JOB -> queue.removeIf(job -> job.key().equals(key));
            case ACKNOWLEDGES_ONLY -> {
                queue.removeIf(job -> job.key().equals(key));
                write(last, Apply.Action.DUPLICATE);
            }
            case ANSWERS_BEFORE_WRITING -> {
                queue.removeIf(job -> job.key().equals(key));
                write(last, Apply.Action.APPLIED);
            }
            case RETRIES_UNDER_A_NEW_ID -> {
                receive(last);
                write(new Job("c-again", key, last.version(), last.value()), Apply.Action.APPLIED);
            }
            case GIVES_ONE_VERSION_TWICE -> takenTwice = key;
            default -> {}
        }
    }

    /** Makes the bug bite, on one key, once everything has been delivered. */
    void biteLate(String key) {
        Job current = Objects.requireNonNull(served.get(key));
        switch (bug) {
            case APPLIES_TWICE -> write(current, Apply.Action.APPLIED);
            case OVERWRITES_WITH_OLDER -> {
                write(olderThan(current), Apply.Action.APPLIED);
                served.put(key, olderThan(current));
            }
            case RESTORES_OLD_CONTENT, UNDELETES -> served.put(key, olderThan(current));
            case INVENTS_A_CHANGE -> receive(new Job("x-1", key, current.version() + 1, Optional.of("invented")));
            default -> {}
        }
    }

    private Job newestOf(String key) {
        return Objects.requireNonNull(newest.get(key), key);
    }

    private Job olderThan(Job current) {
        return accepted.stream()
                .filter(job -> job.key().equals(current.key()) && job.version() < current.version())
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<Apply> appliesAfter(long cursor) {
        return log.stream().filter(entry -> entry.sequence() > cursor).limit(3).toList();
    }

    @Override
    public Optional<Content> content(String key) {
        Job job = served.get(key);
        return job == null || job.value().isEmpty()
                ? Optional.empty()
                : Optional.of(new Content(job.version(), job.value().get()));
    }
}
