package dev.firedrill.scenarios.cli;

import dev.firedrill.harness.cluster.Cluster;
import dev.firedrill.harness.drill.Stage;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Tells a person how to look around in a system that is held for that. */
final class Invitation {
    private static final int DASHBOARD_PORT = 8080;

    private Invitation() {}

    /**
     * The text.
     *
     * @param end how it ends
     */
    static String to(Stage stage, String end) {
        Cluster running = stage.cluster();
        String namespace = stage.namespace();
        String ingress = url(running.outside(namespace, "ingress", 8080));
        return """

                  %s (%s) is up. In another terminal:

                    export KUBECONFIG=%s
                    kubectl %s-n %s get pods

                  Dashboard   %s
                  Public API  curl -H 'Host: api.example.com' %sv1/status

                  What reaches the pager is told here. %s
                """.formatted(
                        running.description(),
                        running.kind().label(),
                        running.kubeconfig(),
                        running.kubectlFlags(),
                        namespace,
                        dashboard(running, namespace, ingress),
                        ingress,
                        end);
    }

    /** The dashboard has no address of its own outside: where that is not of this machine, a tunnel leads there. */
    private static String dashboard(Cluster running, String namespace, String ingress) {
        return switch (running.kind()) {
            case EMBEDDED -> url(running.outside(namespace, "dashboard", DASHBOARD_PORT));
            case EXISTING -> "curl -H 'Host: dashboard.example.com' " + ingress;
            case K3S -> {
                LocalPortForward tunnel = running.client()
                        .services()
                        .inNamespace(namespace)
                        .withName("dashboard")
                        .portForward(DASHBOARD_PORT);
                yield url(new InetSocketAddress(InetAddress.getLoopbackAddress(), tunnel.getLocalPort()));
            }
        };
    }

    private static String url(InetSocketAddress address) {
        return "http://" + address.getAddress().getHostAddress() + ":" + address.getPort() + "/";
    }
}
