package dev.firedrill.harness.cluster.embedded;

import dev.firedrill.harness.cluster.ClassPaths;
import dev.firedrill.harness.cluster.ClusterRequest;
import dev.firedrill.harness.cluster.ProgramImage;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A harness in a JVM of its own: starts a cluster and one pod, says {@code pod <pid>}, and stays. */
final class ClusterHolder {
    private ClusterHolder() {}

    /**
     * Runs until it is killed, or the pod has ended.
     *
     * @param arguments {@code sleeper}, or {@code caller} for a Java pod that uses Fabric8's defaults and ends
     */
    public static void main(String[] arguments) throws InterruptedException {
        ProgramImage caller = ProgramImage.java("caller", ClassPaths.ofThisJvm(), ApiCaller.class.getName());
        ProgramImage sleeper = ProgramImage.program("sleeper", "sleep", "600");
        EmbeddedCluster cluster = EmbeddedCluster.start(
                ClusterRequest.plain().withImage(caller).withImage(sleeper), EmbeddedOptions.defaults());
        boolean ends = arguments[0].equals("caller");
        Pod pod = new PodBuilder()
                .withNewMetadata()
                .withName("one")
                .endMetadata()
                .withNewSpec()
                .withRestartPolicy("Never")
                .addNewContainer()
                .withName("main")
                .withImage(arguments[0])
                .endContainer()
                .endSpec()
                .build();
        cluster.client().pods().inNamespace("default").resource(pod).create();
        Pod known = cluster.client()
                .pods()
                .inNamespace("default")
                .withName("one")
                .waitUntilCondition(
                        each -> each != null
                                && (ends
                                        ? EmbeddedPods.main(each).getState().getTerminated() != null
                                        : EmbeddedPods.ready(each)),
                        60,
                        TimeUnit.SECONDS);
        if (ends) {
            Objects.requireNonNull(EmbeddedPods.main(known).getState().getTerminated());
            System.out.println("ended "
                    + EmbeddedPods.main(known).getState().getTerminated().getExitCode());
            cluster.close();
            return;
        }
        System.out.println("pod " + EmbeddedPods.pid(known));
        new CountDownLatch(1).await();
    }
}
