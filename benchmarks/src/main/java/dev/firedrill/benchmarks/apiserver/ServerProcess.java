package dev.firedrill.benchmarks.apiserver;

import com.sun.management.GarbageCollectionNotificationInfo;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServer;
import dev.firedrill.harness.cluster.embedded.apiserver.ApiServerOptions;
import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;

/**
 * A measured process: the embedded cluster's API server alone, with the JDK's defaults as in the harness. Prints its
 * URL and the administrator's token, writes its authority's certificate to the file that is its argument, and goes on
 * until its standard input ends; then prints the longest pause of its garbage collector in milliseconds.
 */
public final class ServerProcess {
    private ServerProcess() {}

    public static void main(String[] arguments) throws IOException {
        AtomicLong longest = new AtomicLong();
        ManagementFactory.getGarbageCollectorMXBeans().forEach(collector -> listen(collector, longest));
        Path directory = Files.createTempDirectory("firedrill-benchmark-");
        try (ApiServer server = ApiServer.start(ApiServerOptions.at("127.0.0.1", "no kubelet", directory))) {
            Files.writeString(Path.of(arguments[0]), server.authorityPem());
            System.out.println(server.url());
            System.out.println(server.adminToken());
            System.in.transferTo(System.out);
        } finally {
            Files.delete(directory);
        }
        System.out.println(longest.get());
    }

    private static void listen(GarbageCollectorMXBean collector, AtomicLong longest) {
        if (collector instanceof NotificationEmitter emitter) {
            emitter.addNotificationListener(
                    (notification, unused) -> {
                        CompositeData data = (CompositeData) notification.getUserData();
                        long pause = GarbageCollectionNotificationInfo.from(data)
                                .getGcInfo()
                                .getDuration();
                        longest.accumulateAndGet(pause, Math::max);
                    },
                    null,
                    null);
        }
    }
}
