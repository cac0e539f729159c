package dev.firedrill.harness.cluster.embedded.kubelet;

import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.NodeBuilder;
import io.fabric8.kubernetes.api.model.NodeCondition;
import io.fabric8.kubernetes.api.model.NodeConditionBuilder;
import io.fabric8.kubernetes.api.model.NodeStatus;
import io.fabric8.kubernetes.api.model.NodeStatusBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the node's own objects in the API: its Node, and the Lease that says that it is alive. */
final class NodeRegistration {
    static final String VERSION = "v1.34.0";

    private static final Logger LOG = LoggerFactory.getLogger(NodeRegistration.class);
    private static final Duration RENEW = Duration.ofSeconds(10);
    private static final int LEASE_SECONDS = 40;
    private static final String LEASES = "kube-node-lease";
    private static final int MAX_PODS = 110;
    private static final int KIBI = 1024;

    private final NodeContext context;
    private final int endpointPort;
    private final String name;

    NodeRegistration(NodeContext context, int endpointPort) {
        this.context = context;
        this.endpointPort = endpointPort;
        this.name = context.options().nodeName();
    }

    /** Registers the Node, Ready from the start, and goes on renewing its Lease. */
    void register() {
        Node node = new NodeBuilder()
                .withNewMetadata()
                .withName(name)
                .addToLabels("kubernetes.io/hostname", name)
                .addToLabels("kubernetes.io/os", "linux")
                .addToLabels("kubernetes.io/arch", architecture())
                .endMetadata()
                .withNewSpec()
                .endSpec()
                .build();
        context.client().nodes().resource(node).create();
        context.client()
                .nodes()
                .resource(new NodeBuilder(node).withStatus(status()).build())
                .patchStatus();
        context.pool().execute(this::renew);
        context.every(RENEW, this::renew);
    }

    private NodeStatus status() {
        String now = NodeContext.timestamp(Instant.now());
        String address = context.options().nodeAddress();
        return new NodeStatusBuilder()
                .addNewAddress(address, "InternalIP")
                .addNewAddress(name, "Hostname")
                .withCapacity(context.capacity())
                .withAllocatable(context.capacity())
                .withConditions(
                        condition("MemoryPressure", "False", "KubeletHasSufficientMemory", now),
                        condition("DiskPressure", "False", "KubeletHasNoDiskPressure", now),
                        condition("PIDPressure", "False", "KubeletHasSufficientPID", now),
                        condition("Ready", "True", "KubeletReady", now))
                .withNewDaemonEndpoints()
                .withNewKubeletEndpoint(endpointPort)
                .endDaemonEndpoints()
                .withNewNodeInfo()
                .withArchitecture(architecture())
                .withOperatingSystem("linux")
                .withOsImage(osImage())
                .withKernelVersion(System.getProperty("os.version"))
                .withKubeletVersion(VERSION)
                .withKubeProxyVersion("")
                .withContainerRuntimeVersion("process://" + Runtime.version().feature())
                .withBootID(context.options().run())
                .withMachineID(context.options().run())
                .withSystemUUID(context.options().run())
                .endNodeInfo()
                .withImages(context.images().names().stream()
                        .map(image -> new io.fabric8.kubernetes.api.model.ContainerImage(List.of(image), 0L))
                        .toList())
                .build();
    }

    private static NodeCondition condition(String type, String status, String reason, String now) {
        return new NodeConditionBuilder()
                .withType(type)
                .withStatus(status)
                .withReason(reason)
                .withMessage(type.equals("Ready") ? "kubelet is posting ready status" : "kubelet has no " + type)
                .withLastHeartbeatTime(now)
                .withLastTransitionTime(now)
                .build();
    }

    private void renew() {
        ZonedDateTime now = ZonedDateTime.now(ZoneOffset.UTC);
        try {
            var leases = context.client().leases().inNamespace(LEASES);
            Lease held = leases.withName(name).get();
            if (held == null) {
                leases.resource(new LeaseBuilder()
                                .withNewMetadata()
                                .withName(name)
                                .endMetadata()
                                .withNewSpec()
                                .withHolderIdentity(name)
                                .withLeaseDurationSeconds(LEASE_SECONDS)
                                .withRenewTime(now)
                                .endSpec()
                                .build())
                        .create();
            } else {
                leases.resource(new LeaseBuilder(held)
                                .editSpec()
                                .withRenewTime(now)
                                .endSpec()
                                .build())
                        .update();
            }
        } catch (KubernetesClientException e) {
            LOG.debug("node lease not renewed", e);
        }
    }

    /** The machine's processors and memory, and how many pods the node takes. */
    static Map<String, Quantity> capacity() {
        return Map.of(
                "cpu", new Quantity(String.valueOf(Runtime.getRuntime().availableProcessors())),
                "memory", new Quantity(memoryKibibytes() + "Ki"),
                "ephemeral-storage", new Quantity(diskKibibytes() + "Ki"),
                "pods", new Quantity(String.valueOf(MAX_PODS)));
    }

    private static long memoryKibibytes() {
        try (var lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith("MemTotal:"))
                    .map(line -> line.replaceAll("\\D", ""))
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return Runtime.getRuntime().maxMemory() / KIBI;
        }
    }

    private static long diskKibibytes() {
        return Path.of(System.getProperty("java.io.tmpdir")).toFile().getTotalSpace() / KIBI;
    }

    private static String architecture() {
        String arch = System.getProperty("os.arch");
        return arch.equals("aarch64") ? "arm64" : arch;
    }

    private static String osImage() {
        try {
            Matcher pretty = Pattern.compile("(?m)^PRETTY_NAME=\"?([^\"\\n]*)")
                    .matcher(Files.readString(Path.of("/etc/os-release")));
            return pretty.find() ? pretty.group(1) : "Linux";
        } catch (IOException e) {
            return "Linux";
        }
    }
}
