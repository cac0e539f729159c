package dev.firedrill.harness.cluster.embedded.proxy;

import dev.firedrill.harness.cluster.sockets.Door;
import dev.firedrill.harness.cluster.sockets.Gateway;
import io.fabric8.kubernetes.api.model.Service;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The listening sockets of all Services: open where there is an endpoint to send a connection to, closed where there is
 * none, so that clients are refused. Used by one thread.
 */
final class Listeners implements AutoCloseable {
    /** Told why a port is not served. */
    @FunctionalInterface
    interface Complaint {
        void about(Service service, String reason, String message);
    }

    private static final class Listener {
        final Balancer balancer;

        @Nullable
        Door door;

        Listener(Balancer balancer) {
            this.balancer = balancer;
        }
    }

    private final Gateway gateway;
    private final Complaint complaint;
    private final long seed;
    private final Map<String, Map<InetSocketAddress, Listener>> byService = new HashMap<>();
    private final Set<String> complained = new HashSet<>();

    Listeners(Gateway gateway, long seed, Complaint complaint) {
        this.gateway = gateway;
        this.seed = seed;
        this.complaint = complaint;
    }

    /**
     * Opens and closes what follows from a Service's ports.
     *
     * @param service as it is now
     * @param frontends its ports
     * @return whether all is done; else a port is still somebody else's, and another call may succeed later
     */
    boolean apply(Service service, List<Frontend> frontends) {
        String name =
                name(service.getMetadata().getNamespace(), service.getMetadata().getName());
        Map<InetSocketAddress, Listener> there = byService.computeIfAbsent(name, n -> new HashMap<>());
        Set<InetSocketAddress> wanted = new HashSet<>();
        boolean done = true;
        for (Frontend frontend : frontends) {
            if (!frontend.isTcp()) {
                complain(
                        service,
                        "PortNotServed",
                        frontend.protocol() + " port " + frontend.address().getPort()
                                + " is not served: only TCP is balanced on an embedded cluster; use k3s");
            } else if (!frontend.endpoints().isEmpty() && !frontend.isItsOwnEndpoint()) {
                wanted.add(frontend.address());
                done &= serve(service, there, frontend);
            }
        }
        for (InetSocketAddress address : new ArrayList<>(there.keySet())) {
            if (!wanted.contains(address)) {
                close(there.remove(address));
            }
        }
        return done;
    }

    private boolean serve(Service service, Map<InetSocketAddress, Listener> there, Frontend frontend) {
        InetSocketAddress address = frontend.address();
        Listener listener = there.computeIfAbsent(
                address, a -> new Listener(new Balancer((int) (seed ^ a.hashCode()), System::nanoTime)));
        listener.balancer.use(frontend);
        if (listener.door != null) {
            return true;
        }
        try {
            listener.door = gateway.listen(address, new BalancedPassage(listener.balancer));
            return true;
        } catch (IOException e) {
            complain(service, "PortNotServed", explain(address, e));
            return !isTaken(e);
        }
    }

    private static boolean isTaken(IOException e) {
        return e instanceof BindException && String.valueOf(e.getMessage()).contains("in use");
    }

    private static String explain(InetSocketAddress address, IOException e) {
        String where = address.getAddress().getHostAddress() + ":" + address.getPort();
        String failed = "cannot listen on " + where + ": " + e.getMessage();
        return address.getPort() < 1024 && !isTaken(e)
                ? failed + "; ports below 1024 need privileges on an embedded cluster: use a higher port, or k3s"
                : failed;
    }

    private void complain(Service service, String reason, String message) {
        if (complained.add(service.getMetadata().getUid() + message)) {
            complaint.about(service, reason, message);
        }
    }

    /** Closes the ports of a Service that is gone. */
    void remove(String namespace, String service) {
        Map<InetSocketAddress, Listener> there = byService.remove(name(namespace, service));
        if (there != null) {
            there.values().forEach(Listeners::close);
        }
    }

    private static String name(String namespace, String service) {
        return namespace + "/" + service;
    }

    private static void close(@Nullable Listener listener) {
        if (listener != null && listener.door != null) {
            listener.door.close();
        }
    }

    @Override
    public void close() {
        byService.values().forEach(there -> there.values().forEach(Listeners::close));
        byService.clear();
    }
}
