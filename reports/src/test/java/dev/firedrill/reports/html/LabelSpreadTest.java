package dev.firedrill.reports.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LabelSpreadTest {
    @Test
    void labels_with_room_stay_where_they_are() {
        assertThat(LabelSpread.place(List.of(10.0, 60.0, 200.0), 40, 0, 300)).containsExactly(10.0, 60.0, 200.0);
    }

    @Test
    void labels_on_one_place_are_spread_around_it() {
        assertThat(LabelSpread.place(List.of(100.0, 100.0, 100.0), 40, 0, 300)).containsExactly(60.0, 100.0, 140.0);
    }

    @Test
    void labels_at_the_edge_stay_inside() {
        assertThat(LabelSpread.place(List.of(299.0, 300.0), 40, 0, 300)).containsExactly(260.0, 300.0);
        assertThat(LabelSpread.place(List.of(0.0, 1.0), 40, 0, 300)).containsExactly(0.0, 40.0);
    }

    @Test
    void no_two_labels_ever_overlap_where_there_is_room_for_all() {
        Random random = new Random(4711);
        for (int round = 0; round < 500; round++) {
            List<Double> wanted =
                    new ArrayList<>(random.doubles(20, 0, 900).sorted().boxed().toList());
            List<Double> placed = LabelSpread.place(wanted, 40, -30, 930);
            for (int i = 1; i < placed.size(); i++) {
                assertThat(placed.get(i) - placed.get(i - 1)).isGreaterThanOrEqualTo(40 - 1e-6);
            }
        }
    }
}
