package dev.firedrill.harness.cluster.embedded.controllers;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollingUpdateTest {
    @ParameterizedTest(name = "{0} replicas, surge {1}, unavailable {2}: {3} more, {4} fewer")
    @CsvSource({
        "10, 25%, 25%, 3, 2",
        "4, 25%, 25%, 1, 1",
        "3, 25%, 25%, 1, 0",
        "1, 25%, 25%, 1, 0",
        "10, 0, 0, 0, 1",
        "10, 0%, 5%, 0, 1",
        "10, 2, 150%, 2, 10",
        "3, 1, 5, 1, 3",
        "0, 25%, 25%, 0, 0",
    })
    void limits_round_surge_up_and_unavailability_down(
            int replicas, String surge, String unavailable, int more, int fewer) {
        var deployment = new DeploymentBuilder(Given.deployment(replicas))
                .editSpec()
                .withNewStrategy()
                .withType("RollingUpdate")
                .withNewRollingUpdate()
                .withMaxSurge(value(surge))
                .withMaxUnavailable(value(unavailable))
                .endRollingUpdate()
                .endStrategy()
                .endSpec()
                .build();

        assertThat(RolloutLimits.of(deployment)).isEqualTo(new RolloutLimits(replicas, more, fewer));
    }

    private static IntOrString value(String text) {
        return text.endsWith("%") ? new IntOrString(text) : new IntOrString(Integer.parseInt(text));
    }

    @ParameterizedTest(name = "{0} wanted, surge {1}; old {2}, fresh {3}: fresh becomes {4}")
    @CsvSource({
        "10, 0, 10, 0, 0",
        "10, 2, 10, 0, 2",
        "10, 3, 5, 0, 8",
        "10, 4, 4, 6, 10",
        "10, 2, 8, 2, 4",
        "10, 2, 0, 12, 10",
        "0, 0, 2, 3, 0",
    })
    void the_fresh_set_grows_into_the_room_that_the_surge_leaves(
            int replicas, int surge, int old, int fresh, int becomes) {
        var update = update(new RolloutLimits(replicas, surge, 0), set("fresh", fresh, 0, 0), set("old", old, old, 1));

        assertThat(update.freshReplicas()).isEqualTo(becomes);
    }

    @ParameterizedTest(name = "{0} wanted, unavailable {1}; fresh {2}/{3}, old {4}/{5}: old becomes {6}")
    @CsvSource({
        "10, 0, 0, 0, 10, 10, 10",
        "10, 2, 0, 0, 10, 10, 8",
        "10, 2, 0, 0, 10, 8, 8",
        "10, 2, 0, 0, 10, 5, 8",
        "10, 2, 2, 0, 10, 10, 8",
        "10, 0, 5, 5, 5, 5, 5",
        "10, 2, 5, 5, 5, 5, 3",
        "10, 0, 1, 1, 10, 10, 9",
        "3, 0, 3, 3, 1, 1, 0",
        "3, 0, 3, 2, 1, 0, 1",
    })
    void old_sets_shrink_as_far_as_availability_allows(
            int replicas, int unavailable, int fresh, int freshUp, int old, int oldUp, int becomes) {
        var update = update(
                new RolloutLimits(replicas, 1, unavailable),
                set("fresh", fresh, freshUp, 0),
                set("old", old, oldUp, 1));

        assertThat(sizes(update.shrinkOld()).getOrDefault("old", old)).isEqualTo(becomes);
    }

    @Test
    void pods_that_are_of_no_use_go_first_and_the_eldest_set_before_others() {
        var update = new RollingUpdate(
                new RolloutLimits(10, 3, 2),
                Optional.of(set("fresh", 0, 0, 0)),
                List.of(set("broken", 3, 0, 1), set("eldest", 6, 6, 3), set("elder", 4, 4, 2)));

        assertThat(sizes(update.shrinkOld())).containsExactlyInAnyOrderEntriesOf(Map.of("broken", 0, "eldest", 4));
    }

    @Test
    void a_rollout_that_is_rescaled_keeps_the_shares_of_its_sets() {
        ReplicaSet fresh = Given.annotated(set("fresh", 5, 5, 0), "max-replicas", 10);
        ReplicaSet old = Given.annotated(set("old", 5, 5, 1), "max-replicas", 10);
        var update = new RollingUpdate(new RolloutLimits(20, 0, 0), Optional.of(fresh), List.of(old));

        assertThat(sizes(update.rescale(10))).isEqualTo(Map.of("fresh", 10, "old", 10));
    }

    @ParameterizedTest(name = "8 and 2 of 10, rescaled to {0}: {1} and {2}")
    @CsvSource({"15, 12, 3", "5, 4, 1", "13, 10, 3", "0, 0, 0"})
    void shares_are_rounded_and_the_largest_set_takes_the_rest(int replicas, int large, int small) {
        ReplicaSet fresh = Given.annotated(set("small", 2, 2, 0), "max-replicas", 10);
        ReplicaSet old = Given.annotated(set("large", 8, 8, 1), "max-replicas", 10);
        var update = new RollingUpdate(new RolloutLimits(replicas, 0, 0), Optional.of(fresh), List.of(old));

        assertThat(sizes(update.rescale(10))).isEqualTo(Map.of("large", large, "small", small));
    }

    @Test
    void the_only_active_set_takes_all_of_a_new_number() {
        var update = update(new RolloutLimits(7, 2, 0), set("fresh", 3, 3, 0), set("old", 0, 0, 1));

        assertThat(sizes(update.rescale(3))).isEqualTo(Map.of("fresh", 7));
    }

    @Test
    void once_the_fresh_set_suffices_a_rescaling_ends_the_others() {
        ReplicaSet fresh = Given.annotated(set("fresh", 3, 3, 0), "desired-replicas", 3);
        var update = update(new RolloutLimits(3, 1, 0), fresh, set("old", 1, 1, 1));

        assertThat(sizes(update.rescale(4))).isEqualTo(Map.of("old", 0));
    }

    @ParameterizedTest(name = "surge {0}, unavailable {1}")
    @CsvSource({"3, 0", "0, 2", "1, 1", "10, 10", "2, 3"})
    void repeated_steps_replace_all_pods_and_never_break_the_limits(int surge, int unavailable) {
        RolloutLimits limits = new RolloutLimits(10, surge, unavailable);
        int fresh = 0;
        int old = 10;
        for (int step = 0; step < 100 && (fresh < 10 || old > 0); step++) {
            fresh = update(limits, set("fresh", fresh, fresh, 0), set("old", old, old, 1))
                    .freshReplicas();
            assertThat(fresh + old).isLessThanOrEqualTo(limits.most());
            old = sizes(update(limits, set("fresh", fresh, fresh, 0), set("old", old, old, 1))
                            .shrinkOld())
                    .getOrDefault("old", old);
            assertThat(fresh + old).isGreaterThanOrEqualTo(limits.fewestAvailable());
        }

        assertThat(fresh).isEqualTo(10);
        assertThat(old).isZero();
    }

    private static ReplicaSet set(String name, int wanted, int available, int hoursOld) {
        return Given.set(name, wanted, available, hoursOld);
    }

    private static RollingUpdate update(RolloutLimits limits, ReplicaSet fresh, ReplicaSet old) {
        return new RollingUpdate(limits, Optional.of(fresh), List.of(old));
    }

    private static Map<String, Integer> sizes(List<RollingUpdate.Scaling> scalings) {
        return scalings.stream()
                .collect(Collectors.toMap(s -> s.set().getMetadata().getName(), RollingUpdate.Scaling::to));
    }
}
