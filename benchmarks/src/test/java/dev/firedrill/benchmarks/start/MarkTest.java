package dev.firedrill.benchmarks.start;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MarkTest {
    @Test
    void what_is_printed_is_read_again() {
        Mark mark = new Mark(2, 1234.5, "node Ready, Cluster.start() returns");

        assertThat(Mark.parse(mark.line())).contains(mark);
    }

    @Test
    void other_lines_are_no_marks() {
        assertThat(Mark.parse("embedded: API server at https://127.1.0.1:4711")).isEmpty();
        assertThat(Mark.parse("")).isEmpty();
    }
}
