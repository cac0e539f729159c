package dev.firedrill.reports.json;

import static dev.firedrill.reports.json.DrillJson.map;
import static dev.firedrill.reports.json.DrillJson.millis;

import dev.firedrill.reports.record.AlertRecord;
import dev.firedrill.reports.record.DrillRecord.Happenings;
import dev.firedrill.reports.record.FaultRecord;
import dev.firedrill.reports.record.ProbeRecord;
import dev.firedrill.reports.record.WorkRecord;
import dev.firedrill.reports.record.WorkRecord.Happening;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What was observed in a drill, for the run record. */
final class HappeningsJson {
    private HappeningsJson() {}

    static Map<String, Object> of(Happenings happenings) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "faults",
                happenings.faults().stream().map(HappeningsJson::fault).toList());
        json.put(
                "alerts",
                happenings.alerts().stream().map(HappeningsJson::alert).toList());
        json.put(
                "canaries",
                happenings.canaries().stream()
                        .map(each -> map(
                                "canary", each.canary(),
                                "phase", each.phase(),
                                "stage", each.stage(),
                                "atMs", millis(each.at()),
                                "afterMs", millis(each.afterOrNull())))
                        .toList());
        json.put(
                "probes",
                happenings.probes().stream().map(HappeningsJson::probe).toList());
        json.put("work", work(happenings.work()));
        return json;
    }

    private static Map<String, Object> fault(FaultRecord fault) {
        return map(
                "fault", fault.name(),
                "harm", fault.harm(),
                "blastRadius", fault.blastRadius(),
                "changes",
                        fault.changes().stream()
                                .map(each -> map(
                                        "phase", each.phase(),
                                        "target", each.target(),
                                        "action", each.action(),
                                        "before", each.before(),
                                        "after", each.after()))
                                .toList(),
                "moments",
                        fault.moments().stream()
                                .map(each -> map(
                                        "stage", each.stage().name(),
                                        "phase", each.phase(),
                                        "atMs", millis(each.at()),
                                        "detail", each.detail()))
                                .toList());
    }

    private static Map<String, Object> alert(AlertRecord alert) {
        return map(
                "alert", alert.name(),
                "canary", alert.canary(),
                "labels", alert.labels(),
                "annotations", alert.annotations(),
                "pendingMs", millis(alert.pendingOrNull()),
                "firingMs", millis(alert.firingOrNull()),
                "deliveredMs", millis(alert.deliveredOrNull()),
                "resolvedMs", millis(alert.resolvedOrNull()),
                "allClearMs", millis(alert.allClearOrNull()),
                "deliveries", alert.deliveries());
    }

    private static Map<String, Object> probe(ProbeRecord probe) {
        return map(
                "probe", probe.name(),
                "vantage", probe.vantage(),
                "depth", probe.depth(),
                "target", probe.target(),
                "samples", probe.counts().all(),
                "ok", probe.counts().ok(),
                "failed", probe.counts().failed(),
                "missed", probe.counts().missed(),
                "p50Ms", millis(probe.latency().p50()),
                "p99Ms", millis(probe.latency().p99()),
                "maxMs", millis(probe.latency().max()),
                "failedWindows",
                        probe.windows().stream()
                                .map(each -> map(
                                        "fromMs", millis(each.from()),
                                        "toMs", millis(each.toOrNull()),
                                        "samples", each.samples(),
                                        "detail", each.detail()))
                                .toList(),
                "moreFailedWindows", probe.moreWindows());
    }

    private static Map<String, Object> work(WorkRecord work) {
        Map<String, Object> totals = new LinkedHashMap<>();
        for (Happening happening : Happening.values()) {
            totals.put(happening.name().toLowerCase(Locale.ROOT), work.total(happening));
        }
        return map(
                "totals", totals,
                "others", work.others(),
                "outstanding", work.outstanding(),
                "changes",
                        work.operations().stream()
                                .map(HappeningsJson::operation)
                                .toList(),
                "moreChanges", work.moreOperations());
    }

    private static Map<String, Object> operation(WorkRecord.Operation operation) {
        return map(
                "change", operation.id(),
                "window", operation.window(),
                "key", operation.key(),
                "version", operation.version(),
                "acceptedMs", millis(operation.acceptedOrNull()),
                "appliedMs", millis(operation.appliedOrNull()),
                "applies", operation.applies(),
                "staleMs", millis(operation.staleOrNull()),
                "supersededBy", operation.supersededBy());
    }
}
