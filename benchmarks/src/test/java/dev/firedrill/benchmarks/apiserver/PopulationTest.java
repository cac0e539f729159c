package dev.firedrill.benchmarks.apiserver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PopulationTest {
    @Test
    void no_object_is_counted_twice() {
        assertThat(numbers().mapToObj(Population::path).distinct()).hasSize(10_000);
    }

    @Test
    void half_of_the_objects_are_pods() {
        assertThat(numbers().filter(number -> Population.path(number).contains("/pods/")))
                .hasSize(5_000);
    }

    @Test
    void a_list_by_label_is_always_of_ten() {
        Map<String, Long> groups = numbers()
                .mapToObj(Population::group)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));

        assertThat(groups).hasSize(1_000);
        assertThat(groups.values()).containsOnly(10L);
    }

    private static IntStream numbers() {
        return IntStream.range(0, Population.OBJECTS);
    }
}
