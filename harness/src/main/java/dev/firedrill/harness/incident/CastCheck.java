package dev.firedrill.harness.incident;

import dev.firedrill.harness.alert.AlertRule;
import dev.firedrill.harness.fault.Fault;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.fault.FaultKind;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.List;

/** Holds all that an incident declares against the system that it is replayed on, before anything is started. */
final class CastCheck {
    private final SystemObjects objects;
    private final FaultReferences references;
    private final AlertNames alerts;
    private final FaultCatalogue faults;

    CastCheck(SystemObjects objects, List<AlertRule> rules, FaultCatalogue faults) {
        this.objects = objects;
        this.references = new FaultReferences(objects);
        this.alerts = new AlertNames(rules);
        this.faults = faults;
    }

    /**
     * Checks everything, whether a step uses it or not.
     *
     * @throws ConfigurationException if the system lacks something, with its place
     */
    void check(Cast cast) {
        cast.probes().values().forEach(probe -> probe.addressed().blamed(() -> {
            objects.requirePort(probe.service(), probe.port());
            return probe;
        }));
        cast.alerts().values().forEach(alerts::check);
        cast.faults().values().forEach(fault -> {
            fault.trigger()
                    .ifPresentOrElse(
                            trigger -> {
                                made(fault.harm());
                                takesEffect(trigger);
                            },
                            () -> takesEffect(fault.harm()));
        });
        cast.requests().values().forEach(request -> request.origin().blamed(() -> {
            objects.requireHost(request.url());
            return request;
        }));
    }

    private void takesEffect(Cast.FaultCall call) {
        if (made(call).proof().readsBack()) {
            throw call.origin()
                    .wrong(call.kind() + " proves no effect as it stands here, since it is only read back; allowed: to"
                            + " plant it, with a trigger that surfaces it");
        }
    }

    private Fault made(Cast.FaultCall call) {
        FaultKind kind = faults.kind(call.kind());
        Fault fault = call.origin().blamed(() -> kind.make(call.parameters()));
        references.check(call, kind);
        return fault;
    }
}
