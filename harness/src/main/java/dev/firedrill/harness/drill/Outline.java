package dev.firedrill.harness.drill;

import dev.firedrill.harness.agent.AgentDeployment;
import dev.firedrill.harness.fault.Fault;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What drills would create, change and delete, told without a cluster. */
public final class Outline {
    private static final String CREATE = "would create  ";
    private static final String CHANGE = "would change  ";

    private Outline() {}

    /** One line for each object and each step that changes something. */
    public static List<String> of(SystemUnderDrill system, List<Drill> drills) {
        List<String> lines = new ArrayList<>();
        List<HasMetadata> objects = new ArrayList<>(AgentDeployment.standard().objects());
        objects.addAll(system.objects(Map.of()));
        objects.forEach(object ->
                lines.add(CREATE + object.getKind() + "/" + object.getMetadata().getName()));
        for (Drill drill : drills) {
            lines.add("");
            lines.add(drill.title());
            drill.steps().forEach(step -> tell(step.action(), lines));
            lines.add(CREATE + "ConfigMap/firedrill-undo-*, or Secret/firedrill-undo-*: the undo, before each change");
            lines.add(CHANGE + "the pods that mount a changed ConfigMap: an annotation, so that it is looked at now");
            lines.add("would delete  each undo when it has been carried out");
        }
        lines.add("");
        lines.add("would delete  all that it would have created");
        return lines;
    }

    private static void tell(Action action, List<String> lines) {
        if (action instanceof Action.Inject inject) {
            lines.add(CHANGE + changed(inject.fault()) + ", " + inject.phase().label() + " and put back");
        } else if (action instanceof Action.Reconfigure change) {
            lines.add(CHANGE + changed(change.change()) + ", and put back");
        } else if (action instanceof Action.Request request) {
            lines.add("would send    " + request.method() + " " + request.url() + " from inside");
        } else if (action instanceof Action.Work work) {
            lines.add("would edit    " + String.join(", ", work.keys()) + ", through the system");
        }
    }

    private static String changed(Fault fault) {
        return fault.describe().target() + " (" + fault.describe().kind() + ": "
                + fault.describe().harm() + ")";
    }
}
