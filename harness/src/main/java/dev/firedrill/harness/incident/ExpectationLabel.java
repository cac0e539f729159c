package dev.firedrill.harness.incident;

import dev.firedrill.harness.incident.IncidentExpectation.AlertFires;
import dev.firedrill.harness.incident.IncidentExpectation.AlertResolves;
import dev.firedrill.harness.incident.IncidentExpectation.AlertStaysSilent;
import dev.firedrill.harness.incident.IncidentExpectation.ChangesArrive;
import dev.firedrill.harness.incident.IncidentExpectation.Demanded;
import dev.firedrill.harness.incident.IncidentExpectation.Drift;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeFails;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeRecovers;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeStaysFailing;
import dev.firedrill.harness.incident.IncidentExpectation.ProbeStaysHealthy;
import dev.firedrill.harness.incident.IncidentExpectation.RequestNamesBacklog;

/**
 * Says an expectation of a step as a person would who stands at that step: what must be seen, and since when if that
 * is an earlier row of the record. The exact moments are in the check's own sentence.
 */
final class ExpectationLabel {
    private final Incident incident;
    private final IncidentStep step;

    ExpectationLabel(Incident incident, IncidentStep step) {
        this.incident = incident;
        this.step = step;
    }

    String of(IncidentExpectation expected) {
        return words(expected.demanded())
                + expected.since()
                        .map(IncidentExpectation.Since::step)
                        .filter(id -> !id.equals(step.id()))
                        .map(id -> ", since " + incident.step(id).time().clock())
                        .orElse("");
    }

    private String words(Demanded demanded) {
        if (demanded instanceof ProbeStaysHealthy healthy) {
            return healthy.probe() + ": no request fails";
        } else if (demanded instanceof ProbeStaysFailing failing) {
            return failing.probe() + ": every request fails";
        } else if (demanded instanceof ProbeFails fails) {
            return fails.probe() + ": requests fail";
        } else if (demanded instanceof ProbeRecovers recovers) {
            return recovers.probe() + ": answers again";
        } else if (demanded instanceof AlertFires fires) {
            return alert(fires.alert()) + " pages";
        } else if (demanded instanceof AlertResolves resolves) {
            return alert(resolves.alert()) + " resolves";
        } else if (demanded instanceof AlertStaysSilent silent) {
            return alert(silent.alert()) + " does not page";
        } else if (demanded instanceof Drift drift) {
            return drift.some() ? "accepted changes have not arrived" : "every accepted change has arrived";
        } else if (demanded instanceof RequestNamesBacklog request) {
            return request.request() + ": names every change that has not arrived";
        } else if (demanded instanceof ChangesArrive changes) {
            return changes.complete()
                    ? "what is served is what was accepted"
                    : "every change made " + String.join(", ", changes.windows()) + " arrives";
        }
        return "nobody is paged";
    }

    private String alert(String name) {
        return Replay.found(incident.cast().alerts(), name).name();
    }
}
