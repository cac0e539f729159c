package dev.firedrill.harness.cluster.embedded.proxy;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says with a Warning event on a Service what it asks for and does not get here. */
final class Warnings implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Warnings.class);
    private static final String COMPONENT = "service-proxy";

    private final KubernetesClient client;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(task -> ServiceProxy.daemon(task, "events"));

    Warnings(KubernetesClient client) {
        this.client = client;
    }

    void about(Service service, String reason, String message) {
        log.info(
                "Service {}/{}: {}",
                service.getMetadata().getNamespace(),
                service.getMetadata().getName(),
                message);
        Instant now = Instant.now();
        writer.execute(() -> write(service, reason, message, now));
    }

    private void write(Service service, String reason, String message, Instant now) {
        String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
        try {
            client.resource(new EventBuilder()
                            .withNewMetadata()
                            .withNamespace(service.getMetadata().getNamespace())
                            .withGenerateName(service.getMetadata().getName() + ".")
                            .endMetadata()
                            .withNewInvolvedObject()
                            .withApiVersion("v1")
                            .withKind("Service")
                            .withNamespace(service.getMetadata().getNamespace())
                            .withName(service.getMetadata().getName())
                            .withUid(service.getMetadata().getUid())
                            .endInvolvedObject()
                            .withType("Warning")
                            .withReason(reason)
                            .withMessage(message)
                            .withNewSource()
                            .withComponent(COMPONENT)
                            .endSource()
                            .withReportingComponent(COMPONENT)
                            .withReportingInstance("")
                            .withCount(1)
                            .withFirstTimestamp(time)
                            .withLastTimestamp(time)
                            .build())
                    .create();
        } catch (KubernetesClientException e) {
            log.debug("the event {} could not be written", reason, e);
        }
    }

    @Override
    public void close() {
        writer.shutdown();
    }
}
