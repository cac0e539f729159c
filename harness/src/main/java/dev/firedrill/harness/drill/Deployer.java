package dev.firedrill.harness.drill;

import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.readiness.Readiness;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Applies the objects of a system to a namespace, several at once, and waits until its workloads are ready. */
final class Deployer {
    private static final int AT_ONCE = 4;
    private static final Duration KNOWN = Duration.ofSeconds(5);
    private static final Duration LOOKED_AT = Duration.ofSeconds(15);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    private final KubernetesClient client;
    private final String namespace;
    private final Set<String> deployments = new TreeSet<>();
    private final List<HasMetadata> sets = new ArrayList<>();

    Deployer(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    /** Applies what Deployments refer to before them, so that no pod has to wait for its configuration. */
    void deploy(List<HasMetadata> objects) {
        List<Runnable> first = new ArrayList<>();
        List<Runnable> bindings = new ArrayList<>();
        List<Runnable> then = new ArrayList<>();
        for (HasMetadata object : objects) {
            Runnable apply =
                    () -> client.resource(object).inNamespace(namespace).serverSideApply();
            if (object instanceof Deployment) {
                deployments.add(object.getMetadata().getName());
                then.add(apply);
            } else if (object instanceof ReplicaSet || object instanceof StatefulSet || object instanceof DaemonSet) {
                sets.add(object);
                then.add(apply);
            } else if (object instanceof RoleBinding) {
                bindings.add(() -> onceItsRoleIsKnown(apply));
            } else {
                first.add(apply);
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, work -> {
            Thread thread = new Thread(work, "deploy");
            thread.setDaemon(true);
            return thread;
        });
        try {
            sideBySide(first, threads);
            sideBySide(bindings, threads);
            sideBySide(then, threads);
        } finally {
            threads.shutdown();
        }
    }

    /** A server looks whether a user may grant what a Role says, which it may know of a moment after it was made. */
    private static void onceItsRoleIsKnown(Runnable apply) {
        Awaitility.await()
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(LOOK_AGAIN)
                .atMost(KNOWN)
                .ignoreExceptionsMatching(refused -> refused instanceof KubernetesClientException answer
                        && (answer.getCode() == HttpURLConnection.HTTP_NOT_FOUND
                                || answer.getCode() == HttpURLConnection.HTTP_FORBIDDEN))
                .until(() -> {
                    apply.run();
                    return true;
                });
    }

    /** Does all of it; throws what the first that failed has thrown. */
    private static void sideBySide(List<Runnable> tasks, ExecutorService threads) {
        CompletableFuture<?>[] started = tasks.stream()
                .map(task -> CompletableFuture.runAsync(task, threads))
                .toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(started).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    /**
     * Waits until every Deployment, StatefulSet, DaemonSet and ReplicaSet is ready.
     *
     * @throws ProvisioningException if one does not become so; it names which, and what was seen last
     */
    void awaitReady(Duration within) {
        long begun = System.nanoTime();
        awaitDeployments(within);
        sets.forEach(set -> awaitReady(set, begun, within));
    }

    private void awaitReady(HasMetadata set, long begun, Duration within) {
        String name = set.getKind() + " " + set.getMetadata().getName();
        boolean seen = set instanceof ReplicaSet;
        while (true) {
            HasMetadata now = client.resource(set).inNamespace(namespace).get();
            if (now != null && Workloads.isReady(now)) {
                return;
            }
            seen |= now != null && Workloads.isSeen(now);
            Duration waited = Duration.ofNanos(System.nanoTime() - begun);
            if (!seen && waited.compareTo(LOOKED_AT) > 0) {
                throw new ProvisioningException("no controller of this cluster has looked at " + name + " within "
                        + LOOKED_AT.toSeconds() + " s: it runs no " + set.getKind()
                        + "s (docs/clusters.md has what embedded leaves out); use k3s");
            }
            if (waited.compareTo(within) > 0) {
                throw new ProvisioningException(new NotReady(client, namespace).complaint(Set.of(name), within));
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Pause.lasting(LOOK_AGAIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while the system became ready", e);
        }
    }

    private void awaitDeployments(Duration within) {
        CompletableFuture<List<Deployment>> ready = client.apps()
                .deployments()
                .inNamespace(namespace)
                .informOnCondition(now -> unready(now).isEmpty());
        try {
            ready.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            Set<String> unready = unready(
                    client.apps().deployments().inNamespace(namespace).list().getItems());
            throw new ProvisioningException(
                    new NotReady(client, namespace)
                            .complaint(
                                    unready.stream()
                                            .map(name -> "Deployment " + name)
                                            .collect(Collectors.toCollection(TreeSet::new)),
                                    within),
                    e);
        } catch (ExecutionException e) {
            throw new ProvisioningException(
                    "the Deployments in namespace " + namespace + " cannot be watched: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while the Deployments became ready", e);
        } finally {
            ready.cancel(true);
        }
    }

    private Set<String> unready(List<Deployment> now) {
        Set<String> unready = new TreeSet<>(deployments);
        now.stream()
                .filter(Readiness.getInstance()::isReady)
                .forEach(deployment -> unready.remove(deployment.getMetadata().getName()));
        return unready;
    }
}
