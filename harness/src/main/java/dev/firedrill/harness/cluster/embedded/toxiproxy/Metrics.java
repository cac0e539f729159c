package dev.firedrill.harness.cluster.embedded.toxiproxy;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The bytes of all proxies, in the text format of Prometheus. */
final class Metrics {
    private static final String RECEIVED = "toxiproxy_proxy_received_bytes_total";
    private static final String SENT = "toxiproxy_proxy_sent_bytes_total";

    private final Map<String, LongAdder> counters = new ConcurrentHashMap<>();

    /** Counts for one proxy as it is set now. */
    Traffic of(String proxy, String listener, String upstream) {
        PerDirection<Counters> own = PerDirection.of(direction -> {
            String labels = "{direction=\"" + direction.label() + "\",listener=\"" + quoted(listener) + "\",proxy=\""
                    + quoted(proxy) + "\",upstream=\"" + quoted(upstream) + "\"}";
            return new Counters(counter(RECEIVED + labels), counter(SENT + labels));
        });
        return new Traffic() {
            @Override
            public void received(Direction direction, long bytes) {
                own.at(direction).received().add(bytes);
            }

            @Override
            public void sent(Direction direction, long bytes) {
                own.at(direction).sent().add(bytes);
            }
        };
    }

    private record Counters(LongAdder received, LongAdder sent) {}

    private LongAdder counter(String series) {
        return counters.computeIfAbsent(series, name -> new LongAdder());
    }

    private static String quoted(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    /** All counters. */
    String text() {
        StringBuilder text = new StringBuilder();
        describe(text, RECEIVED, "The total number of bytes received on the proxy listener");
        describe(text, SENT, "The total number of bytes sent to the proxy listener");
        return text.toString();
    }

    private void describe(StringBuilder text, String name, String help) {
        Map<String, LongAdder> series = new TreeMap<>();
        counters.forEach((key, value) -> {
            if (key.startsWith(name + "{")) {
                series.put(key, value);
            }
        });
        if (!series.isEmpty()) {
            text.append("# HELP ").append(name).append(' ').append(help).append('\n');
            text.append("# TYPE ").append(name).append(" counter\n");
            series.forEach((key, value) ->
                    text.append(key).append(' ').append(value.sum()).append('\n'));
        }
    }
}
