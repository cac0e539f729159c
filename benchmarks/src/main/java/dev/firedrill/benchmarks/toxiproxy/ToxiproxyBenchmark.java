package dev.firedrill.benchmarks.toxiproxy;

import dev.firedrill.benchmarks.measure.Benchmark;
import dev.firedrill.benchmarks.measure.Goal;
import dev.firedrill.benchmarks.measure.Row;
import dev.firedrill.benchmarks.measure.Series;
import dev.firedrill.benchmarks.measure.Unit;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The embedded Toxiproxy beside the real one: what each lets through, what each adds to a round trip; and the effect of
 * toxics of the embedded one against their parameters. Each run measures both, one after the other.
 */
public final class ToxiproxyBenchmark implements Benchmark {
    private static final long STREAM = 1_000_000_000;
    private static final int TRIPS = 10_000;
    private static final double P99 = 0.99;
    private static final int LATENCY_MILLIS = 100;
    private static final int LATENCY_TRIPS = 15;
    private static final long THIN_STREAM = 2_000_000;
    private static final int KILOBYTES_PER_SECOND = 1000;
    private static final int CONNECTIONS = 500;
    private static final double SHARE = 0.1;
    /** Of the normal distribution, for 99 % of runs. */
    private static final double CONFIDENCE = 2.576;

    private final List<Double> realThroughput = new ArrayList<>();
    private final List<Double> throughput = new ArrayList<>();
    private final List<Double> throughputRatio = new ArrayList<>();
    private final List<Double> realAdded = new ArrayList<>();
    private final List<Double> added = new ArrayList<>();
    private final List<Double> addedRatio = new ArrayList<>();
    private final List<Double> latencyError = new ArrayList<>();
    private final List<Double> bandwidthError = new ArrayList<>();
    private final List<Double> shareError = new ArrayList<>();

    @Override
    public void measure(int runs, Consumer<Row> rows, Consumer<String> progress) {
        try (Traffic traffic = new Traffic();
                ToxiproxyProcess real = ToxiproxyProcess.real();
                ToxiproxyProcess embedded = ToxiproxyProcess.embedded()) {
            compare(traffic, real, embedded); // not counted: neither has run yet
            forget();
            for (int run = 1; run <= runs; run++) {
                compare(traffic, real, embedded);
                effects(traffic, embedded);
                progress.accept(run + " of " + runs + ": throughput " + Unit.RATIO.text(throughputRatio.get(run - 1))
                        + ", added latency " + Unit.RATIO.text(addedRatio.get(run - 1)));
            }
        }
        tell(rows);
    }

    private void forget() {
        List.of(realThroughput, throughput, throughputRatio, realAdded, added, addedRatio)
                .forEach(List::clear);
    }

    private void compare(Traffic traffic, ToxiproxyProcess real, ToxiproxyProcess embedded) {
        InetSocketAddress viaReal = real.proxyTo(traffic.address());
        InetSocketAddress viaEmbedded = embedded.proxyTo(traffic.address());
        realThroughput.add(Traffic.throughput(viaReal, STREAM));
        throughput.add(Traffic.throughput(viaEmbedded, STREAM));
        throughputRatio.add(last(throughput) / last(realThroughput));
        double direct = p99(traffic.address());
        realAdded.add(p99(viaReal) - direct);
        added.add(p99(viaEmbedded) - direct);
        addedRatio.add(last(added) / last(realAdded));
    }

    private static double last(List<Double> values) {
        return values.get(values.size() - 1);
    }

    private static double p99(InetSocketAddress address) {
        return Traffic.roundTrips(address, TRIPS, true)[(int) (TRIPS * P99)];
    }

    private void effects(Traffic traffic, ToxiproxyProcess embedded) {
        InetSocketAddress slow = embedded.proxyTo(traffic.address());
        double without = Traffic.roundTrips(slow, LATENCY_TRIPS, true)[LATENCY_TRIPS / 2];
        embedded.add("{\"type\":\"latency\",\"attributes\":{\"latency\":" + LATENCY_MILLIS + "}}");
        double with = Traffic.roundTrips(slow, LATENCY_TRIPS, false)[LATENCY_TRIPS / 2];
        latencyError.add(Math.abs(with - without - LATENCY_MILLIS));

        InetSocketAddress thin = embedded.proxyTo(traffic.address());
        embedded.add("{\"type\":\"bandwidth\",\"attributes\":{\"rate\":" + KILOBYTES_PER_SECOND + "}}");
        double rate = Traffic.throughput(thin, THIN_STREAM) * 1000;
        bandwidthError.add(Math.abs(rate / KILOBYTES_PER_SECOND - 1) * 100);

        InetSocketAddress some = embedded.proxyTo(traffic.address());
        embedded.add("{\"type\":\"reset_peer\",\"toxicity\":" + SHARE + "}");
        shareError.add(Math.abs(Traffic.broken(some, CONNECTIONS) / (double) CONNECTIONS - SHARE) * 100);
    }

    private void tell(Consumer<Row> rows) {
        rows.accept(Row.plain("real Toxiproxy: one stream, per second", Unit.MEGABYTES, Series.of(realThroughput)));
        rows.accept(Row.plain("embedded Toxiproxy: the same", Unit.MEGABYTES, Series.of(throughput)));
        rows.accept(new Row("embedded ÷ real: throughput", Unit.RATIO, Series.of(throughputRatio), Goal.atLeast(0.5)));
        rows.accept(
                Row.plain("real Toxiproxy: added to a round trip, p99", Unit.FINE_MILLISECONDS, Series.of(realAdded)));
        rows.accept(Row.plain("embedded Toxiproxy: the same", Unit.FINE_MILLISECONDS, Series.of(added)));
        rows.accept(
                new Row("embedded ÷ real: added latency, p99", Unit.RATIO, Series.of(addedRatio), Goal.atMost(1.5)));
        rows.accept(new Row(
                "latency of 100 ms: difference of the median",
                Unit.MILLISECONDS,
                Series.of(latencyError),
                Goal.atMost(5)));
        rows.accept(
                new Row("bandwidth of 1000 KB/s: difference", Unit.PERCENT, Series.of(bandwidthError), Goal.atMost(5)));
        double interval = 100 * CONFIDENCE * Math.sqrt(SHARE * (1 - SHARE) / CONNECTIONS);
        rows.accept(new Row(
                "share of 10 % of 500 connections: difference, within the 99 % interval",
                Unit.PERCENT, Series.of(shareError), Goal.atMost(interval)));
    }
}
