package dev.firedrill.reports.html;

import dev.firedrill.reports.record.AlertRecord;
import dev.firedrill.reports.record.DrillRecord.Happenings;
import dev.firedrill.reports.record.FaultRecord;
import dev.firedrill.reports.record.FaultRecord.Change;
import dev.firedrill.reports.record.FaultRecord.Moment;
import dev.firedrill.reports.record.ProbeRecord;
import dev.firedrill.reports.record.ProbeRecord.FailedWindow;
import dev.firedrill.reports.record.WorkRecord;
import dev.firedrill.reports.record.WorkRecord.Happening;
import dev.firedrill.reports.record.WorkRecord.Operation;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What was done and seen, in numbers: faults, probes, alerts, delayed work. */
final class HappeningTables {
    private static final int WINDOWS_SHOWN = 5;

    private final Markup out;
    private final Happenings happenings;

    HappeningTables(Markup out, Happenings happenings) {
        this.out = out;
        this.happenings = happenings;
    }

    void write() {
        faults();
        probes();
        alerts();
        work();
    }

    private void faults() {
        List<FaultRecord> harm = happenings.faults().stream()
                .filter(fault -> !fault.isOperators())
                .toList();
        List<FaultRecord> operators =
                happenings.faults().stream().filter(FaultRecord::isOperators).toList();
        if (!harm.isEmpty()) {
            out.leaf("h3", "Faults");
            harm.forEach(this::fault);
        }
        if (!operators.isEmpty()) {
            out.open("details")
                    .leaf(
                            "summary",
                            Wording.count(operators.size(), "change") + " of configuration, none of them a fault");
            operators.forEach(this::fault);
            out.close("details");
        }
    }

    private void fault(FaultRecord fault) {
        out.open("div", "class", fault.isOperators() ? "fault operators" : "fault");
        out.open("p").leaf("strong", fault.name());
        out.text(fault.harm().isEmpty() ? "" : ": " + fault.harm());
        fault.blastRadius().forEach(radius -> Marks.chip(out, radius));
        out.close("p");
        changes(fault.changes());
        out.open("ul", "class", "moments");
        for (Moment moment : fault.moments()) {
            out.open("li").leaf("span", Wording.moment(moment.at()), "class", "time");
            out.text(" ").leaf("strong", moment.stage().word());
            phase(moment);
            out.text(moment.detail().isEmpty() ? "" : ": " + moment.detail()).close("li");
        }
        out.close("ul").close("div");
    }

    /** What was proven or undone; an injection's own word says it already. */
    private void phase(Moment moment) {
        boolean said = moment.phase().isEmpty()
                || moment.phase().equals("inject")
                || moment.phase().equals("operate");
        switch (moment.stage()) {
            case PROVEN, UNPROVEN, EXPIRED, UNDONE -> out.text(said ? "" : " (" + moment.phase() + ")");
            default -> {
                // planted, injected, triggered
            }
        }
    }

    private void changes(List<Change> changes) {
        if (changes.isEmpty()) {
            return;
        }
        try (Table table = new Table(
                out,
                "changes",
                "The plan, with what was there before",
                List.of("Phase", "Target", "Change", "Before", "After"))) {
            for (Change change : changes) {
                table.row().cell(change.phase()).cell(change.target()).cell(change.action());
                code(change.before());
                code(change.after());
                table.end();
            }
        }
    }

    private void code(String value) {
        out.open("td");
        if (value.isEmpty()) {
            out.leaf("span", "nothing", "class", "who");
        } else {
            out.leaf("code", value);
        }
        out.close("td");
    }

    private void probes() {
        if (happenings.probes().isEmpty()) {
            return;
        }
        out.leaf("h3", "Probes");
        List<String> headings = List.of(
                "Probe", "Vantage", "Asks", "#Samples", "#Failed", "#Missed", "#p50", "#p99", "#Max", "Failed windows");
        try (Table table = new Table(
                out, "probes", "Latencies are of good answers, from the intended start of each request", headings)) {
            for (ProbeRecord probe : happenings.probes()) {
                table.row(probe.name())
                        .cell(probe.vantage())
                        .cell((probe.depth() + " " + probe.target()).trim())
                        .number(Long.toString(probe.counts().all()))
                        .number(Long.toString(probe.counts().failed()))
                        .number(Long.toString(probe.counts().missed()))
                        .number(Wording.duration(probe.latency().p50()))
                        .number(Wording.duration(probe.latency().p99()))
                        .number(Wording.duration(probe.latency().max()));
                windows(probe);
                table.end();
            }
        }
    }

    private void windows(ProbeRecord probe) {
        out.open("td");
        if (probe.windows().isEmpty()) {
            out.text("none");
        } else {
            out.open("ul", "class", "plain");
            probe.windows().stream().limit(WINDOWS_SHOWN).forEach(window -> out.leaf("li", words(window)));
            long more = probe.windows().size() - WINDOWS_SHOWN + probe.moreWindows();
            if (more > 0) {
                out.leaf("li", "and " + more + " more");
            }
            out.close("ul");
        }
        out.close("td");
    }

    private static String words(FailedWindow window) {
        Duration to = window.toOrNull();
        String span = to == null ? "to the end" : "for " + Wording.duration(to.minus(window.from()));
        String why = window.detail().isEmpty() ? "" : ": " + window.detail();
        return Wording.moment(window.from()) + " " + span + ", " + Wording.count(window.samples(), "sample") + why;
    }

    private void alerts() {
        out.leaf("h3", "Alerts");
        if (happenings.alerts().isEmpty()) {
            out.leaf("p", "Nothing was delivered to the pager.");
            return;
        }
        List<String> headings = List.of(
                "Alert", "Labels", "#Pending", "#Firing", "#Delivered", "#Resolved", "#All-clear", "#Times told");
        try (Table table = new Table(out, "alerts", "As the pager had them", headings)) {
            for (AlertRecord alert : happenings.alerts()) {
                table.row(alert.name())
                        .cell(labels(alert.labels()))
                        .number(moment(alert.pendingOrNull()))
                        .number(moment(alert.firingOrNull()))
                        .number(moment(alert.deliveredOrNull()))
                        .number(moment(alert.resolvedOrNull()))
                        .number(moment(alert.allClearOrNull()))
                        .number(Integer.toString(alert.deliveries()))
                        .end();
            }
        }
    }

    private static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String moment(@Nullable Duration at) {
        return at == null ? "–" : Wording.moment(at);
    }

    private void work() {
        WorkRecord work = happenings.work();
        if (work.isEmpty()) {
            return;
        }
        out.leaf("h3", "Delayed work");
        String totals = java.util.Arrays.stream(Happening.values())
                .filter(happening -> work.total(happening) > 0)
                .map(happening -> work.total(happening) + " " + happening.word())
                .collect(Collectors.joining(", "));
        out.open("p")
                .text(totals + "; ")
                .leaf("strong", work.outstanding() + " neither applied nor superseded at the end");
        out.text(".");
        if (work.others() > 0) {
            out.text(" " + Wording.count(work.others(), "more event") + " at the target of changes made by others.");
        }
        out.close("p");
        if (work.operations().isEmpty()) {
            return;
        }
        out.open("details", "open", work.outstanding() > 0 ? "open" : "").leaf("summary", "change by change");
        List<String> headings =
                List.of("Change", "Made", "Key", "#Version", "#Accepted", "#Settled", "#Waited", "Outcome");
        try (Table table = new Table(out, "work", "Lost changes first", headings)) {
            work.operations().stream().filter(Operation::isLost).forEach(each -> operation(table, each));
            work.operations().stream().filter(each -> !each.isLost()).forEach(each -> operation(table, each));
        }
        if (work.moreOperations() > 0) {
            out.leaf("p", "and " + Wording.count(work.moreOperations(), "event") + " of later changes, counted above");
        }
        out.close("details");
    }

    private static void operation(Table table, Operation operation) {
        Duration accepted = operation.acceptedOrNull();
        Duration settled = operation.settledOrNull();
        table.row(operation.id())
                .cell(operation.window())
                .cell(operation.key())
                .number(operation.version())
                .number(moment(operation.acceptedOrNull()))
                .number(moment(settled))
                .number(accepted == null || settled == null ? "–" : Wording.duration(waited(accepted, settled)))
                .cell(outcome(operation))
                .end();
    }

    private static Duration waited(Duration accepted, Duration settled) {
        return settled.compareTo(accepted) < 0 ? Duration.ZERO : settled.minus(accepted);
    }

    private static String outcome(Operation operation) {
        if (operation.isLost()) {
            return "✗ lost from sight";
        }
        if (operation.applies() > 1) {
            return "applied " + operation.applies() + " times";
        }
        if (operation.appliedOrNull() != null) {
            return "applied";
        }
        return operation.staleOrNull() == null ? "not accepted" : "superseded by " + operation.supersededBy();
    }
}
