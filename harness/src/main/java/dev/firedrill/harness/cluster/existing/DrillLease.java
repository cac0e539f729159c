package dev.firedrill.harness.cluster.existing;

import dev.firedrill.harness.cluster.ApiTrouble;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to drill a namespace, which one harness has at a time: a Lease that is renewed while it lives, and runs out
 * by itself when it has died. Whether a holder lives is judged by its renewals, seen from here, so that clocks need not
 * agree.
 *
 * <p>Source: Kubernetes, Leases (coordination.k8s.io/v1).
 */
public final class DrillLease implements AutoCloseable {
    /** The name of the Lease. */
    public static final String NAME = "firedrill";

    /** While this annotation of the Lease is {@code true}, others may inject faults into what its holder deployed. */
    static final String GUESTS = "firedrill.dev/guests";

    private static final Logger LOG = LoggerFactory.getLogger(DrillLease.class);
    private static final Duration LASTING = Duration.ofSeconds(15);
    private static final int RENEWALS = 5;
    private static final int ATTEMPTS = 5;
    private static final long LOOK_MILLIS = 200;

    private final KubernetesClient client;
    private final String namespace;
    private final String holder;
    private final Duration lasting;
    private final ScheduledExecutorService renewal = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "drill-lease");
        thread.setDaemon(true);
        return thread;
    });

    private boolean guests;

    private DrillLease(KubernetesClient client, String namespace, String holder, Duration lasting) {
        this.client = client;
        this.namespace = namespace;
        this.holder = holder;
        this.lasting = lasting;
    }

    /**
     * Takes it. One whose holder has died is waited for, as long as it lasts.
     *
     * @param progress told if there is something to wait for
     * @throws ConfigurationException if somebody else has it, and lives
     */
    public static DrillLease take(KubernetesClient client, String namespace, Consumer<String> progress) {
        return take(client, namespace, holder(), LASTING, progress);
    }

    static DrillLease take(
            KubernetesClient client, String namespace, String holder, Duration lasting, Consumer<String> progress) {
        DrillLease taken = new DrillLease(client, namespace, holder, lasting);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Lease found = taken.lease().get();
            Lease free = found == null || isFree(found) ? found : taken.awaitEnd(found, progress);
            if (taken.write(free)) {
                taken.renewAlways();
                return taken;
            }
        }
        taken.renewal.shutdownNow();
        throw new ConfigurationException("--namespace " + namespace + ": others take its lease at the same time");
    }

    /** Whether whoever holds the namespace lets others inject faults into it. */
    public static boolean welcomes(KubernetesClient client, String namespace) {
        Lease found = client.resources(Lease.class)
                .inNamespace(namespace)
                .withName(NAME)
                .get();
        return found != null
                && !isFree(found)
                && found.getMetadata().getAnnotations() != null
                && "true".equals(found.getMetadata().getAnnotations().get(GUESTS));
    }

    static boolean isHeld(KubernetesClient client, String namespace) {
        Lease found = client.resources(Lease.class)
                .inNamespace(namespace)
                .withName(NAME)
                .get();
        return found != null && !isFree(found);
    }

    private static String holder() {
        String host = Optional.ofNullable(System.getenv("HOSTNAME")).orElse("");
        return System.getProperty("user.name") + (host.isBlank() ? "" : "@" + host) + ", process "
                + ProcessHandle.current().pid();
    }

    private static boolean isFree(Lease lease) {
        LeaseSpec spec = lease.getSpec();
        return spec == null
                || spec.getHolderIdentity() == null
                || spec.getHolderIdentity().isEmpty();
    }

    /**
     * Waits until it has not been renewed for as long as it lasts; a renewal shows that its holder lives.
     *
     * @return the Lease as it is then, null if it is gone
     */
    private @Nullable Lease awaitEnd(Lease seen, Consumer<String> progress) {
        Integer seconds = seen.getSpec().getLeaseDurationSeconds();
        Duration patience = seconds == null ? lasting : Duration.ofSeconds(seconds);
        progress.accept("namespace " + namespace + " is held by "
                + seen.getSpec().getHolderIdentity() + "; looking for up to " + patience.toSeconds()
                + " s whether that still lives");
        long until = System.nanoTime() + patience.toNanos();
        Lease now = seen;
        while (now != null && !isFree(now) && System.nanoTime() < until) {
            pause();
            now = lease().get();
            if (now != null && !isFree(now) && !now.getSpec().equals(seen.getSpec())) {
                throw new ConfigurationException("--namespace " + namespace + " is being drilled by "
                        + now.getSpec().getHolderIdentity() + "; wait until that has ended");
            }
        }
        return now;
    }

    private static void pause() {
        try {
            boolean ignored = new CountDownLatch(1).await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("interrupted while waiting for the lease of the namespace", e);
        }
    }

    /** Writes it as ours over the version that was read; false if somebody else was quicker. */
    private synchronized boolean write(@Nullable Lease read) {
        ZonedDateTime now = Instant.now().truncatedTo(ChronoUnit.MICROS).atZone(ZoneOffset.UTC);
        ZonedDateTime since = read != null && isMine(read) ? read.getSpec().getAcquireTime() : now;
        Lease next = (read == null ? new LeaseBuilder() : new LeaseBuilder(read))
                .editOrNewMetadata()
                .withName(NAME)
                .addToAnnotations(GUESTS, String.valueOf(guests))
                .endMetadata()
                .withNewSpec()
                .withHolderIdentity(holder)
                .withLeaseDurationSeconds((int) Math.max(1, lasting.toSeconds()))
                .withAcquireTime(since)
                .withRenewTime(now)
                .endSpec()
                .build();
        Resource<Lease> written =
                client.resources(Lease.class).inNamespace(namespace).resource(next);
        return unlessConflict(read == null ? written::create : written::update) || isWritten(next);
    }

    /** Whether it is there all the same: then its answer was lost, and it was in conflict with itself. */
    private boolean isWritten(Lease next) {
        Lease now = lease().get();
        return now != null
                && isMine(now)
                && now.getSpec().getRenewTime() != null
                && now.getSpec()
                        .getRenewTime()
                        .toInstant()
                        .equals(next.getSpec().getRenewTime().toInstant());
    }

    private static boolean unlessConflict(Runnable write) {
        try {
            write.run();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    private boolean isMine(Lease lease) {
        return lease.getSpec() != null && holder.equals(lease.getSpec().getHolderIdentity());
    }

    private void renewAlways() {
        long period = lasting.toMillis() / RENEWALS;
        var unused = renewal.scheduleWithFixedDelay(this::renew, period, period, TimeUnit.MILLISECONDS);
    }

    /** A server that does not answer is asked again the next time. */
    private void renew() {
        try {
            Lease now = lease().get();
            if (now != null && !isMine(now)) {
                LOG.warn("the lease of namespace {} was lost to {}", namespace, now.getSpec());
                renewal.shutdown();
            } else {
                write(now);
            }
        } catch (KubernetesClientException e) {
            LOG.info("the lease of namespace {} was not renewed: {}", namespace, ApiTrouble.inOneLine(e));
        }
    }

    /** From now on others may inject faults into what the holder has deployed. */
    public void welcomeGuests() {
        synchronized (this) {
            guests = true;
        }
        renew();
    }

    /** Renews it no more, and does not give it up either: as when its process was killed. */
    void die() {
        renewal.shutdownNow();
    }

    /** Gives it up, so that nobody has to wait; one that somebody else has taken meanwhile is left alone. */
    @Override
    public void close() {
        renewal.shutdownNow();
        Lease now = lease().get();
        if (now != null && isMine(now)) {
            boolean ignored = unlessConflict(
                    () -> client.resource(now).lockResourceVersion().delete());
        }
    }

    private Resource<Lease> lease() {
        return client.resources(Lease.class).inNamespace(namespace).withName(NAME);
    }
}
