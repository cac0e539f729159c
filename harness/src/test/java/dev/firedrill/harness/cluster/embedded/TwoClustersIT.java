package dev.firedrill.harness.cluster.embedded;

import static dev.firedrill.harness.cluster.embedded.EmbeddedPods.shell;
import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import org.junit.jupiter.api.Test;

class TwoClustersIT {
    @Test
    void two_clusters_of_one_machine_do_not_disturb_each_other() {
        try (EmbeddedPods staying = new EmbeddedPods()) {
            String namespace = staying.newNamespace();
            Pod stays;
            try (EmbeddedPods leaving = new EmbeddedPods()) {
                assertThat(leaving.newNamespace()).isEqualTo(namespace);
                staying.create(namespace, shell("same", "exec sleep 600"));
                leaving.create(namespace, shell("same", "exec sleep 600"));
                stays = staying.await(namespace, "same", EmbeddedPods::ready);
                Pod leaves = leaving.await(namespace, "same", EmbeddedPods::ready);

                assertThat(stays.getStatus().getPodIP())
                        .isNotEqualTo(leaves.getStatus().getPodIP());
                assertThat(staying.client().pods().inNamespace(namespace).list().getItems())
                        .hasSize(1);
            }

            assertThat(ProcessHandle.of(EmbeddedPods.pid(stays)).filter(ProcessHandle::isAlive))
                    .isPresent();
            Pod still = staying.client()
                    .pods()
                    .inNamespace(namespace)
                    .withName("same")
                    .get();
            assertThat(EmbeddedPods.main(still).getRestartCount()).isZero();
        }
    }

    @Test
    void closing_twice_is_closing_once_and_leaves_no_process() {
        EmbeddedPods pods = new EmbeddedPods();
        String namespace = pods.newNamespace();
        pods.create(namespace, shell("stubborn", "trap '' TERM; while :; do sleep 0.2; done"));
        long pid = EmbeddedPods.pid(pods.await(namespace, "stubborn", EmbeddedPods::ready));

        pods.close();
        pods.close();

        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(pods.cluster().kubeconfig()).doesNotExist();
    }
}
