package dev.firedrill.harness.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProbeSpecTest {
    @Test
    void a_port_is_a_number_of_tcp() {
        for (int port : List.of(1, 65_535)) {
            assertThat(ProbeSpec.inside("p").service("api", port).build().describeTarget())
                    .isEqualTo("http://api:" + port + "/");
        }
        for (int port : List.of(0, 65_536, -1)) {
            assertThatThrownBy(() -> ProbeSpec.inside("p").service("api", port))
                    .hasMessage("a port is a number from 1 to 65535: " + port);
        }
    }

    @Test
    void a_path_begins_with_a_slash_and_is_no_part_of_an_address() {
        assertThatThrownBy(() ->
                        ProbeSpec.inside("p").service("api", 80).path("v1").build())
                .hasMessage("the path of probe 'p' begins with a slash: 'v1'");
        assertThatThrownBy(() -> ProbeSpec.inside("p").url("http://api:80/v1"))
                .hasMessage("a probe's url has no path (say it with path(..)): http://api:80/v1");
        assertThat(ProbeSpec.inside("p")
                        .url("http://api:80/")
                        .path("/v1")
                        .build()
                        .describeTarget())
                .isEqualTo("http://api:80/v1");
    }

    @Test
    void says_how_deep_it_looks_and_for_which_host() {
        ProbeSpec shallow =
                ProbeSpec.outside("p").service("api", 80).host("x.example.com").build();
        ProbeSpec deep =
                ProbeSpec.outside("p").service("api", 80).withData("/items").build();

        assertThat(shallow.describeTarget()).isEqualTo("http://api:80/ (host x.example.com)");
        assertThat(shallow.depth()).isEqualTo("answers");
        assertThat(deep.depth()).isEqualTo("answers with data");
        assertThat(ProbeSpec.nameOnOpenConnection("p")).isEqualTo("p (open connection)");
    }
}
