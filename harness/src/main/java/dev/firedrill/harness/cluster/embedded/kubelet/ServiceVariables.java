package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The environment variables by which a pod finds the Services of its namespace: {@code API_SERVICE_HOST},
 * {@code API_SERVICE_PORT} and the longer forms.
 *
 * <p>Source: Kubernetes, "Service", environment variables.
 */
final class ServiceVariables {
    private ServiceVariables() {}

    static Map<String, String> of(List<Service> services) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (Service service : services) {
            String address =
                    service.getSpec() == null ? null : service.getSpec().getClusterIP();
            List<ServicePort> ports =
                    service.getSpec() == null ? List.of() : service.getSpec().getPorts();
            if (address != null && !address.isEmpty() && !address.equals("None") && !ports.isEmpty()) {
                add(variables, variableName(service.getMetadata().getName()), address, ports);
            }
        }
        return variables;
    }

    static void add(Map<String, String> variables, String name, String address, List<ServicePort> ports) {
        variables.put(name + "_SERVICE_HOST", address);
        variables.put(name + "_SERVICE_PORT", String.valueOf(ports.get(0).getPort()));
        for (ServicePort port : ports) {
            if (port.getName() != null && !port.getName().isEmpty()) {
                variables.put(name + "_SERVICE_PORT_" + variableName(port.getName()), String.valueOf(port.getPort()));
            }
        }
        variables.put(name + "_PORT", url(address, ports.get(0)));
        for (ServicePort port : ports) {
            String prefix =
                    name + "_PORT_" + port.getPort() + "_" + protocol(port).toUpperCase(Locale.ROOT);
            variables.put(prefix, url(address, port));
            variables.put(prefix + "_PROTO", protocol(port));
            variables.put(prefix + "_PORT", String.valueOf(port.getPort()));
            variables.put(prefix + "_ADDR", address);
        }
    }

    private static String url(String address, ServicePort port) {
        return protocol(port) + "://" + address + ":" + port.getPort();
    }

    private static String protocol(ServicePort port) {
        return port.getProtocol() == null ? "tcp" : port.getProtocol().toLowerCase(Locale.ROOT);
    }

    private static String variableName(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
