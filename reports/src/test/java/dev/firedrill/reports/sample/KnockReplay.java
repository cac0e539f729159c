package dev.firedrill.reports.sample;

import static dev.firedrill.reports.sample.Script.map;
import static dev.firedrill.reports.sample.Script.wall;

import dev.firedrill.harness.model.EventType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** A journal as the engine leaves it: the incident as it happened, and with the remedies in place. */
public final class KnockReplay {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LINE = Pattern.compile("(\\S+) +(seen )?(\\d+) (\\S+) (\\{.*})");
    private static final Pattern WALL = Pattern.compile("@(\\d+)@");

    private final Script script = new Script();
    private final boolean red;

    private KnockReplay(boolean red) {
        this.red = red;
    }

    /** Both replays, all green. */
    public static Script green() {
        return new KnockReplay(false).build();
    }

    /** The second replay loses a change, and its alert comes too late. */
    public static Script red() {
        return new KnockReplay(true).build();
    }

    private Script build() {
        Map<String, Object> started = map("run", "20261120-090000-knock", "title", "Replay of knock-2024-06-03");
        started.put("command", "firedrill replay knock-2024-06-03");
        started.put("cluster", map("kind", "embedded", "version", "v1.34.0", "node", "firedrill-1a2b"));
        started.putAll(map("seed", 4711, "scale", "1:600", "harnessVersion", "0.1.0", "startedAt", wall(0)));
        script.at(0, EventType.RUN_STARTED, started);
        script.at(40, EventType.NOTE, map("text", "embedded cluster, since no Docker engine answers"));
        script.at(2600, EventType.NOTE, map("text", "cluster and system are ready"));
        drill("as-it-happened", 2700, false);
        drill("with-remedies", 14_200, true);
        script.drill("")
                .at(26_900, EventType.RUN_FINISHED, map("verdict", red ? "FAIL" : "PASS", "interrupted", false));
        return script;
    }

    private void drill(String name, double t, boolean remedies) {
        script.drill(name);
        String told = remedies ? "remedies" : "plain";
        resource().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw new IllegalArgumentException(line);
            }
            String when = parts.group(1);
            if (when.equals("always") || when.equals(told) || when.equals((red ? "red-" : "green-") + told)) {
                cue(t, parts);
            }
        });
        probes(t);
        work(t, remedies);
    }

    private void cue(double t, Matcher parts) {
        double at = t + Double.parseDouble(parts.group(3));
        String json = WALL.matcher(parts.group(5)).replaceAll(found -> wall(t + Double.parseDouble(found.group(1))));
        Map<String, Object> data = JSON.readValue(json, new TypeReference<>() {});
        if (parts.group(2) == null) {
            script.at(at, parts.group(4), data);
        } else {
            script.seen(at, at + 5, parts.group(4), data);
        }
    }

    private static String resource() {
        try (InputStream stream = KnockReplay.class.getResourceAsStream("knock.txt")) {
            return new String(Objects.requireNonNull(stream).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void probes(double t) {
        for (double at = t + 100; at < t + 10_200; at += 50) {
            boolean dataDown = at > t + 2450 && at < t + 5840;
            boolean routeDown = at > t + 2450 && at < t + 7340;
            sample("public-api", "outside", at, "");
            sample("dashboard-page", "outside", at, "");
            sample("dashboard-data", "outside", at, dataDown ? "502 upstream answered 503" : "");
            sample("internal-route", "inside", at, routeDown ? "503 cannot resolve api.svc.cluster.locl" : "");
        }
    }

    private void sample(String probe, String vantage, double at, String failure) {
        double latency = 1.5 + (at * 7919 % 100) / 20;
        Map<String, Object> data =
                map("probe", probe, "vantage", vantage, "intendedAt", wall(at), "latencyMs", latency);
        data.put("outcome", failure.isEmpty() ? "ok" : "failed");
        data.put("detail", failure);
        if (vantage.equals("inside")) {
            script.seen(at + latency, at + 60, EventType.PROBE_SAMPLE, data);
        } else {
            script.at(at + latency, EventType.PROBE_SAMPLE, data);
        }
    }

    private void work(double t, boolean remedies) {
        for (int i = 1; i <= 14; i++) {
            double accepted = t + 700 + i * 480;
            Map<String, Object> operation = map("operation", i, "process", "p" + i % 2, "key", "workflow-" + i % 5);
            script.at(accepted - 8, EventType.WORK_OPERATION, with(operation, "phase", "invoke"));
            script.at(
                    accepted,
                    EventType.WORK_OPERATION,
                    with(with(operation, "phase", "ok", "version", i), "change", "c-" + i));
            Map<String, Object> change = map("change", "c-" + i, "key", "workflow-" + i % 5, "version", i);
            if (accepted < t + 2300 || accepted > t + 5600) {
                script.at(
                        accepted + 130, EventType.WORK_APPLIED, with(change, "action", "applied", "targetSequence", i));
            } else {
                settle(t + 8540 + i * 12, i, change, remedies);
            }
        }
    }

    private void settle(double at, int i, Map<String, Object> change, boolean remedies) {
        if (i == 7) {
            script.at(at + 80, EventType.WORK_APPLIED, with(change, "action", "stale", "targetSequence", i));
        } else if (!(red && remedies && i == 9)) {
            script.at(at + 110, EventType.WORK_APPLIED, with(change, "action", "applied", "targetSequence", i));
        }
    }

    private static Map<String, Object> with(Map<String, Object> data, Object... more) {
        Map<String, Object> both = map();
        both.putAll(data);
        both.putAll(map(more));
        return both;
    }
}
