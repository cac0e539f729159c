package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContainerLogTest {
    private ContainerLog log = new ContainerLog(Path.of("none"));

    @BeforeEach
    void record(@TempDir Path directory) {
        log = new ContainerLog(directory.resolve("0.log"));
        write("one\ntwo\n\nlast");
    }

    private void write(String text) {
        log.record(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }

    private String read(Map<String, String> parameters) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        LogQuery query = LogQuery.parse(parameters::get, Instant.now());
        new LogReader(log, query, new LogReader.Sink() {
                    @Override
                    public boolean write(byte[] piece) {
                        out.writeBytes(piece);
                        return true;
                    }

                    @Override
                    public boolean open() {
                        return true;
                    }
                })
                .copy();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void every_line_comes_back_as_it_was_written() throws Exception {
        assertThat(read(Map.of())).isEqualTo("one\ntwo\n\nlast");
    }

    @Test
    void a_followed_log_that_is_complete_ends() throws Exception {
        assertThat(read(Map.of("follow", "true"))).isEqualTo("one\ntwo\n\nlast");
    }

    @Test
    void an_option_is_set_unless_it_is_absent_or_says_no() throws Exception {
        for (String yes : new String[] {"true", "True", "1", "yes", ""}) {
            assertThat(read(Map.of("timestamps", yes))).as(yes).contains("Z one\n");
        }
        for (String no : new String[] {"false", "False", "0"}) {
            assertThat(read(Map.of("timestamps", no))).as(no).startsWith("one\n");
        }
    }

    @Test
    void the_tail_is_counted_in_lines() throws Exception {
        assertThat(read(Map.of("tailLines", "2"))).isEqualTo("\nlast");
        assertThat(read(Map.of("tailLines", "0"))).isEmpty();
        assertThat(read(Map.of("tailLines", "99"))).isEqualTo("one\ntwo\n\nlast");
    }

    @Test
    void a_line_that_is_longer_than_a_node_keeps_is_one_line_still() throws Exception {
        String longest = "x".repeat(16 * 1024);
        log = new ContainerLog(log.file().resolveSibling("1.log"));
        write(longest + "\n" + longest + "y\nend\n");
        assertThat(read(Map.of())).isEqualTo(longest + "\n" + longest + "y\nend\n");
        assertThat(read(Map.of("timestamps", "true")).lines())
                .hasSize(3)
                .allMatch(line -> line.matches("\\d{4}-\\S+Z \\w+"));
    }

    @Test
    void a_limit_cuts_in_the_middle_of_a_line() throws Exception {
        assertThat(read(Map.of("limitBytes", "5"))).isEqualTo("one\nt");
    }

    @Test
    void timestamps_are_the_times_of_receipt() throws Exception {
        assertThat(read(Map.of("timestamps", "true")).lines())
                .hasSize(4)
                .allMatch(line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{9}Z .*"));
    }

    @Test
    void only_what_was_written_since_is_answered() throws Exception {
        assertThat(read(Map.of("sinceSeconds", "3600"))).isEqualTo("one\ntwo\n\nlast");
        assertThat(read(Map.of("sinceTime", Instant.now().plusSeconds(60).toString())))
                .isEmpty();
    }
}
