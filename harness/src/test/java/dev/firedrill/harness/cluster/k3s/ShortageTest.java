package dev.firedrill.harness.cluster.k3s;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShortageTest {
    @Test
    void an_engine_with_little_memory_is_told_with_what_is_needed() {
        assertThat(Shortage.ofMemory(1_024_000_000))
                .contains("the Docker engine has 1024 MB of memory, and a node needs 1500; give it more (Docker"
                        + " Desktop: Settings, Resources)");
        assertThat(Shortage.ofMemory(1_500_000_000)).isEmpty();
        assertThat(Shortage.ofMemory(0)).as("it does not tell").isEmpty();
    }

    @Test
    void an_engine_with_little_disk_is_told_with_where_and_what_is_needed() {
        assertThat(Shortage.ofDisk(12_345_678, "/var/lib/docker"))
                .contains("the Docker engine has 12 MB of disk left in /var/lib/docker, and a node needs 2000; make"
                        + " room (docker system prune)");
        assertThat(Shortage.ofDisk(2_000_000_000, "/var/lib/docker")).isEmpty();
    }

    @Test
    void a_port_that_is_taken_is_told_in_the_engine_s_words() {
        assertThat(Shortage.in("Status 500: {\"message\":\"driver failed programming external connectivity on endpoint"
                        + " node: Bind for 0.0.0.0:30000 failed: port is already allocated\"}\n"))
                .contains("a port of a node is taken on the Docker host (driver failed programming external"
                        + " connectivity on endpoint node: Bind for 0.0.0.0:30000 failed: port is already"
                        + " allocated); end what listens there (docker ps, ss -ltnp)");
    }

    @Test
    void a_disk_that_is_full_is_told_by_the_line_that_says_so() {
        assertThat(Shortage.in("its process ended\nstarting\nwrite /var/lib/rancher/k3s/db: no space left on device\n"))
                .contains("the Docker engine has no disk left for a node (write /var/lib/rancher/k3s/db: no space left"
                        + " on device); make room (docker system prune)");
    }

    @Test
    void a_node_that_was_ended_for_want_of_memory_is_told() {
        assertThat(Shortage.in("its process ended\n\nthe node was OOMKilled"))
                .contains("the Docker engine has not the memory for a node (the node was OOMKilled); give it more"
                        + " (Docker Desktop: Settings, Resources), or end what else runs");
    }

    @Test
    void any_other_failure_is_no_shortage() {
        assertThat(Shortage.in("its process ended\nunknown flag: --node-name")).isEmpty();
        assertThat(Shortage.in("inotify_add_watch /var/log: no space left on device"))
                .as("a limit of the kernel, not the disk")
                .isEmpty();
    }
}
