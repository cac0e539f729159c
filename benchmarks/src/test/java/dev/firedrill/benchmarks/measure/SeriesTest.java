package dev.firedrill.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SeriesTest {
    @Test
    void the_median_of_an_odd_number_is_the_one_in_the_middle() {
        assertThat(Series.of(List.of(9.0, 1.0, 2.0)).median()).isEqualTo(2.0);
    }

    @Test
    void the_median_of_an_even_number_is_between_the_two_in_the_middle() {
        assertThat(Series.of(List.of(9.0, 1.0, 2.0, 4.0)).median()).isEqualTo(3.0);
    }

    @Test
    void smallest_and_largest_are_found_in_any_order() {
        Series series = Series.of(List.of(3.0, 10.0, 2.0));

        assertThat(series.min()).isEqualTo(2.0);
        assertThat(series.max()).isEqualTo(10.0);
        assertThat(series.count()).isEqualTo(3);
    }

    @Test
    void nothing_measured_is_no_series() {
        assertThatThrownBy(() -> Series.of(List.of())).hasMessage("a series needs at least one measurement");
    }
}
