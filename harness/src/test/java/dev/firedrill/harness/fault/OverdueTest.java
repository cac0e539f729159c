package dev.firedrill.harness.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class OverdueTest {
    private static final Laid FIRST = new Laid("first", List.of("web"));
    private static final Laid ELSEWHERE = new Laid("elsewhere", List.of("other"));
    private static final Laid ABOVE = new Laid("above", List.of("web", "other"));
    private static final Laid ABOVE_THAT = new Laid("above that", List.of("other"));

    private record Laid(String name, List<String> services) {
        List<Change> changes() {
            return services.stream()
                    .<Change>map(service -> new FieldChange(
                            ObjectRef.service(service), "/spec/x", null, JsonNodeFactory.instance.numberNode(1)))
                    .toList();
        }
    }

    @Test
    void while_no_time_is_over_nothing_ends() {
        assertThat(over()).isEmpty();
    }

    @Test
    void what_was_laid_over_it_since_ends_with_it_last_first() {
        assertThat(over(FIRST)).containsExactly(ABOVE_THAT, ABOVE, FIRST);
    }

    @Test
    void what_lies_below_or_elsewhere_stays() {
        assertThat(over(ABOVE)).containsExactly(ABOVE_THAT, ABOVE);
        assertThat(over(ABOVE_THAT)).containsExactly(ABOVE_THAT);
    }

    private static List<Laid> over(Laid... over) {
        return Overdue.of(List.of(FIRST, ELSEWHERE, ABOVE, ABOVE_THAT), Set.of(over)::contains, Laid::changes);
    }
}
