package dev.firedrill.harness.resync;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.resync.SimulatedShop.Bug;
import dev.firedrill.harness.timeline.Journal;
import dev.firedrill.harness.timeline.Timekeeper;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Random histories of a system that works, and of the same with one bug: who raises the alarm, and who must not. */
class GeneratedHistoriesTest {
    private record Alarm(Set<Class<?>> right, Set<Class<?>> sensible) {
        static Alarm of(Set<Class<?>> right, Set<Class<?>> alsoSensible) {
            Set<Class<?>> sensible = new HashSet<>(right);
            sensible.addAll(alsoSensible);
            return new Alarm(right, sensible);
        }
    }

    private static Alarm expected(Bug bug) {
        return switch (bug) {
            case NONE -> Alarm.of(Set.of(), Set.of());
            case DROPS_A_JOB, ACKNOWLEDGES_ONLY ->
                Alarm.of(Set.of(ArrivalCheck.class, ConvergenceCheck.class), Set.of());
            case ANSWERS_BEFORE_WRITING -> Alarm.of(Set.of(LostUpdateCheck.class, ConvergenceCheck.class), Set.of());
            case APPLIES_TWICE -> Alarm.of(Set.of(OnceCheck.class), Set.of());
            case OVERWRITES_WITH_OLDER ->
                Alarm.of(
                        Set.of(
                                OrderCheck.class,
                                ConvergenceCheck.class,
                                ResurrectionCheck.class,
                                LostUpdateCheck.class),
                        Set.of(OnceCheck.class));
            case RESTORES_OLD_CONTENT, UNDELETES ->
                Alarm.of(Set.of(ResurrectionCheck.class, ConvergenceCheck.class, LostUpdateCheck.class), Set.of());
            case INVENTS_A_CHANGE -> Alarm.of(Set.of(PhantomCheck.class, ConvergenceCheck.class), Set.of());
            case RETRIES_UNDER_A_NEW_ID -> Alarm.of(Set.of(OnceCheck.class, PhantomCheck.class), Set.of());
            case GIVES_ONE_VERSION_TWICE ->
                Alarm.of(
                        Set.of(LostUpdateCheck.class),
                        Set.of(ArrivalCheck.class, ConvergenceCheck.class, OnceCheck.class));
        };
    }

    /** The classes of the checks that fail. */
    private static Set<Class<?>> alarms(List<TimelineEvent> events) {
        return WorkCheck.all(Windows.BEFORE_DURING_AFTER).stream()
                .filter(check -> check.judge(events).verdict() == Verdict.FAIL)
                .map(Object::getClass)
                .collect(Collectors.toSet());
    }

    private static List<TimelineEvent> history(long seed, int keyCount, int rounds, Bug bug) {
        List<String> keys =
                IntStream.rangeClosed(1, keyCount).mapToObj(i -> "key-" + i).toList();
        String victim = keys.get((int) Math.floorMod(seed, (long) keyCount));
        SimulatedShop shop = new SimulatedShop(seed, bug, keys);
        Journal journal = Journal.inMemory(Timekeeper.system());
        Workload work = new Workload(shop, journal, seed, keys);
        try (WorkObserver observer = WorkObserver.start(shop, journal, keys, Duration.ofDays(1))) {
            for (int round = 0; round < rounds; round++) {
                until(() -> work.edit("before", keys), keys.size());
                shop.deliver();
                observer.look();
            }
            for (int round = 0; round < rounds; round++) {
                until(() -> work.edit("during", keys), keys.size());
            }
            if (bug == Bug.GIVES_ONE_VERSION_TWICE) {
                shop.bite(victim);
            }
            until(() -> work.edit("after", keys), keys.size());
            if (bug == Bug.UNDELETES) {
                until(() -> work.delete("after", List.of(victim)), 1);
            }
            if (bug != Bug.GIVES_ONE_VERSION_TWICE) {
                shop.bite(victim);
            }
            shop.deliver();
            observer.look();
            shop.biteLate(victim);
            observer.look();
        }
        return journal.events();
    }

    /** Edits again until one round was accepted whole, since a lost answer would leave it open what must be true. */
    private static void until(IntSupplier edit, int wanted) {
        assertThat(IntStream.generate(edit).limit(200).anyMatch(accepted -> accepted == wanted))
                .as("a round of edits that was accepted whole")
                .isTrue();
    }

    @Property(tries = 200, edgeCases = EdgeCasesMode.MIXIN)
    void a_correct_system_raises_no_alarm_and_starves_no_check(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int keys,
            @ForAll @IntRange(min = 1, max = 4) int rounds) {
        List<TimelineEvent> events = history(seed, keys, rounds, Bug.NONE);

        assertThat(WorkCheck.all(Windows.BEFORE_DURING_AFTER))
                .allSatisfy(check -> assertThat(check.judge(events).verdict())
                        .as(check.judge(events).reason())
                        .isEqualTo(Verdict.PASS));
    }

    @Property(tries = 400, edgeCases = EdgeCasesMode.MIXIN)
    void each_bug_raises_the_right_alarms_and_only_sensible_ones(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 5) int keys,
            @ForAll @IntRange(min = 1, max = 4) int rounds,
            @ForAll Bug bug) {
        Alarm alarm = expected(bug);

        Set<Class<?>> raised = alarms(history(seed, keys, rounds, bug));

        assertThat(raised).as(bug + " must be found").containsAll(alarm.right());
        assertThat(alarm.sensible()).as(bug + " must not accuse others").containsAll(raised);
    }

    @Property(tries = 100)
    void the_same_seed_makes_the_same_edits(@ForAll long seed) {
        assertThat(history(seed, 3, 2, Bug.NONE).stream().map(TimelineEvent::data))
                .containsExactlyElementsOf(history(seed, 3, 2, Bug.NONE).stream()
                        .map(TimelineEvent::data)
                        .toList());
    }
}
