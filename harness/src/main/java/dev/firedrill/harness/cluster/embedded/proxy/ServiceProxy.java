package dev.firedrill.harness.cluster.embedded.proxy;

import dev.firedrill.harness.cluster.sockets.Gateway;
import dev.firedrill.harness.model.ProvisioningException;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes Services reachable: balances TCP connections to their addresses over their endpoints, and writes the hosts
 * files by which programs resolve their names. It knows nothing but the API.
 *
 * <pre>{@code
 * try (ServiceProxy proxy = ServiceProxy.start(client, new ProxyOptions(directory, seed))) {
 *     Path hosts = proxy.hostsFile("shop");
 * }
 * }</pre>
 */
public final class ServiceProxy implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(ServiceProxy.class);
    private static final int FIRST_LISTS_SECONDS = 30;
    private static final int RETRY_MILLIS = 200;

    private final ScheduledExecutorService control =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "control"));
    private final Gateway gateway = new Gateway("firedrill-proxy");
    private final Warnings warnings;
    private final Listeners listeners;
    private final Names names;
    private final AtomicBoolean namesAreDue = new AtomicBoolean();
    private final SharedIndexInformer<Namespace> namespaces;
    private final SharedIndexInformer<Service> services;
    private final SharedIndexInformer<EndpointSlice> slices;
    private volatile boolean closed;

    private ServiceProxy(KubernetesClient client, ProxyOptions options) {
        this.warnings = new Warnings(client);
        this.listeners = new Listeners(gateway, options.seed(), warnings::about);
        this.names = new Names(options.hostsDirectory());
        this.namespaces = client.namespaces().runnableInformer(0);
        this.services = client.services().inAnyNamespace().runnableInformer(0);
        this.slices = client.discovery().v1().endpointSlices().inAnyNamespace().runnableInformer(0);
    }

    /**
     * Starts and returns when the Services that there are are served.
     *
     * @param client for one cluster, with all rights; stays the caller's
     * @throws ProvisioningException if the API server does not answer in time
     */
    public static ServiceProxy start(KubernetesClient client, ProxyOptions options) {
        ServiceProxy proxy = new ServiceProxy(client, options);
        try {
            proxy.run();
        } catch (RuntimeException e) {
            proxy.close();
            throw e;
        }
        return proxy;
    }

    private void run() {
        namespaces.addEventHandler(eachChange(namespace -> namesChanged()));
        services.addEventHandler(eachChange(service -> changed(
                service.getMetadata().getNamespace(), service.getMetadata().getName())));
        slices.addEventHandler(eachChange(slice -> serviceOf(slice)
                .ifPresent(service -> changed(slice.getMetadata().getNamespace(), service))));
        try {
            CompletableFuture.allOf(start(namespaces), start(services), start(slices))
                    .get(FIRST_LISTS_SECONDS, TimeUnit.SECONDS);
            control.submit(this::serveAll).get(FIRST_LISTS_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProvisioningException("Interrupted while the service proxy listed the Services", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new ProvisioningException(
                    "The service proxy could not list the Services within " + FIRST_LISTS_SECONDS
                            + " s; does the API server answer?",
                    e);
        }
    }

    private CompletableFuture<Void> start(SharedIndexInformer<?> informer) {
        return informer.exceptionHandler((started, e) -> !closed).start().toCompletableFuture();
    }

    private static <T extends HasMetadata> ResourceEventHandler<T> eachChange(Consumer<T> action) {
        return new ResourceEventHandler<>() {
            @Override
            public void onAdd(T object) {
                action.accept(object);
            }

            @Override
            public void onUpdate(T before, T after) {
                action.accept(after);
            }

            @Override
            public void onDelete(T object, boolean finalStateUnknown) {
                action.accept(object);
            }
        };
    }

    private static Optional<String> serviceOf(EndpointSlice slice) {
        return Optional.ofNullable(slice.getMetadata().getLabels().get("kubernetes.io/service-name"));
    }

    private void changed(String namespace, String service) {
        submit(() -> serve(namespace, service));
        namesChanged();
    }

    /** However many changes come at once, the files are written once after them. */
    private void namesChanged() {
        if (namesAreDue.compareAndSet(false, true)) {
            submit(this::writeNames);
        }
    }

    private void submit(Runnable task) {
        try {
            control.execute(task);
        } catch (RejectedExecutionException ending) {
            log.debug("a change is not followed, since the service proxy ends");
        }
    }

    private void serve(String namespace, String name) {
        Service service = services.getIndexer().getByKey(namespace + "/" + name);
        if (service == null) {
            listeners.remove(namespace, name);
            return;
        }
        List<EndpointSlice> own = slices.getIndexer().list().stream()
                .filter(slice -> namespace.equals(slice.getMetadata().getNamespace()))
                .filter(slice -> serviceOf(slice).filter(name::equals).isPresent())
                .toList();
        if (!listeners.apply(service, Frontend.of(service, own))) {
            var unused = control.schedule(() -> serve(namespace, name), RETRY_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void serveAll() {
        services.getIndexer()
                .list()
                .forEach(service -> serve(
                        service.getMetadata().getNamespace(),
                        service.getMetadata().getName()));
        writeNames();
    }

    private void writeNames() {
        namesAreDue.set(false);
        List<String> there = new ArrayList<>();
        namespaces.getIndexer().list().forEach(n -> there.add(n.getMetadata().getName()));
        try {
            names.update(there, content());
        } catch (UncheckedIOException e) {
            log.warn("names of Services may be out of date", e);
        }
    }

    private HostsFile content() {
        return new HostsFile(services.getIndexer().list(), slices.getIndexer().list());
    }

    /**
     * The hosts file of a namespace, for {@code -Djdk.net.hosts.file}; there when this returns, and kept up to date.
     *
     * @throws UncheckedIOException if it cannot be written
     */
    public Path hostsFile(String namespace) {
        return names.file(namespace, content());
    }

    /** Closes all listeners and connections. The hosts files stay. */
    @Override
    public void close() {
        closed = true;
        namespaces.close();
        services.close();
        slices.close();
        control.shutdown();
        try {
            if (!control.awaitTermination(2, TimeUnit.SECONDS)) {
                control.shutdownNow();
            }
        } catch (InterruptedException e) {
            control.shutdownNow();
            Thread.currentThread().interrupt();
        }
        listeners.close();
        gateway.close();
        warnings.close();
    }

    static Thread daemon(Runnable task, String role) {
        Thread thread = new Thread(task, "firedrill-proxy-" + role);
        thread.setDaemon(true);
        return thread;
    }
}
