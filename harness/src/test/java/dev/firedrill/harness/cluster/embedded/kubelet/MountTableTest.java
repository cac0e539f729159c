package dev.firedrill.harness.cluster.embedded.kubelet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MountTableTest {
    private final MountTable table = new MountTable();

    @BeforeEach
    void mount() {
        table.mount("/etc/app", Path.of("/run/v1"));
        table.mount("/etc/app/extra", Path.of("/run/v2"));
        table.mount("/data/", Path.of("/run/v3"));
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/app,/run/v1",
        "/etc/app/a.yaml,/run/v1/a.yaml",
        "--config=/etc/app/a.yaml,--config=/run/v1/a.yaml",
        "/etc/app/extra/b,/run/v2/b",
        "cat /etc/app/a && ls /data,cat /run/v1/a && ls /run/v3",
        "jdbc:h2:file:/data/db,jdbc:h2:file:/run/v3/db",
        "file:///etc/app/x,file:///run/v1/x",
    })
    void a_mounted_path_is_rewritten(String told, String real) {
        assertThat(table.rewrite(told)).isEqualTo(real);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/application",
        "/var/etc/app",
        "http://host/etc/app",
        "http://api:8080/data/logs",
        "/data.old",
        "/datafile",
    })
    void what_only_looks_like_a_mounted_path_is_left_alone(String told) {
        assertThat(table.rewrite(told)).isEqualTo(told);
    }

    @Test
    void a_real_path_with_a_dollar_sign_is_taken_as_it_is() {
        table.mount("/x", Path.of("/run/$1"));

        assertThat(table.rewrite("/x/y")).isEqualTo("/run/$1/y");
    }
}
