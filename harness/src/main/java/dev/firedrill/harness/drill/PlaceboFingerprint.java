package dev.firedrill.harness.drill;

import dev.firedrill.harness.fault.FaultDescription;
import dev.firedrill.harness.probe.ProbeSpec;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Tells whether a placebo is the one that was run: of all that is done, watched and demanded in it, of the system's
 * manifests (those of rights aside) and variants, and of the harness's version. Not of names and titles, which change
 * nothing; nor of what is left out, so that drills which differ in their faults alone share a placebo; nor of the kind
 * of cluster.
 */
final class PlaceboFingerprint {
    /** To be raised when placebos are judged by other rules. */
    private static final int RULES = 1;

    /** What programs may do and who leads them decides nothing that is expected without a fault. */
    private static final Set<String> ABOUT_RIGHTS = Set.of("Lease", "Role", "RoleBinding", "ServiceAccount");

    private final StringBuilder text = new StringBuilder();

    private PlaceboFingerprint() {}

    static String of(Stage stage, List<Placebo> placebos) {
        PlaceboFingerprint fingerprint = new PlaceboFingerprint();
        String version = PlaceboFingerprint.class.getPackage().getImplementationVersion();
        fingerprint.line("rules", RULES, version == null ? "" : version);
        fingerprint.line("variants", new TreeMap<>(stage.request().variants()));
        KubernetesSerialization json = stage.cluster().client().getKubernetesSerialization();
        stage.system().objects(stage.request().systemVariants()).stream()
                .filter(object -> !ABOUT_RIGHTS.contains(object.getKind()))
                .forEach(object -> fingerprint.line("object", json.asJson(object)));
        placebos.forEach(fingerprint::add);
        return Digest.of(fingerprint.text.toString());
    }

    private void add(Placebo placebo) {
        line("placebo", placebo.leaves());
        placebo.drill().probes().forEach(this::add);
        for (Step step : placebo.drill().steps()) {
            line("step", step.id(), inWords(step.action()));
        }
        if (!placebo.drill().recovery().equals(Drill.RECOVERY)) {
            line("recovery", placebo.drill().recovery());
        }
        placebo.drill().afterwards().forEach(each -> line("afterwards", inWords(each)));
    }

    private void add(ProbeSpec probe) {
        line(
                "probe",
                probe.name(),
                probe.vantage(),
                probe.describeTarget(),
                probe.method(),
                new TreeMap<>(probe.headers()),
                probe.interval(),
                probe.timeout(),
                probe.expectation(),
                probe.connection());
    }

    private static String inWords(Action action) {
        if (action instanceof Action.Inject inject) {
            return inject.phase() + " " + inject.name() + " "
                    + inWords(inject.fault().describe());
        } else if (action instanceof Action.Reconfigure change) {
            return "reconfigure " + inWords(change.change().describe());
        } else if (action instanceof Action.Request request) {
            return request.method() + " " + request.url() + new TreeMap<>(request.headers()) + request.body();
        } else if (action instanceof Action.Demand demand) {
            return demand.expectations().stream()
                    .map(PlaceboFingerprint::inWords)
                    .collect(Collectors.joining("; "));
        }
        return action.toString();
    }

    private static String inWords(FaultDescription fault) {
        return fault.title() + new TreeMap<>(fault.parameters());
    }

    private static String inWords(Expectation expectation) {
        return expectation.check().kind() + " " + expectation.check().expectation() + ", waits "
                + expectation.patience();
    }

    private void line(Object... parts) {
        for (Object part : parts) {
            text.append(part).append('\u001f');
        }
        text.append('\n');
    }
}
