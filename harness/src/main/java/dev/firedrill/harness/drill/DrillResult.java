package dev.firedrill.harness.drill;

import dev.firedrill.harness.cluster.ClusterKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import java.util.List;

/**
 * What came of a drill.
 *
 * @param drill its name
 * @param kind the kind of cluster that it ran on
 * @param judgements every expectation's verdict, and those that every drill has: the fault took effect, everything
 *     healthy again, nothing left behind
 * @param interrupted whether somebody stopped it
 */
public record DrillResult(String drill, ClusterKind kind, List<Judgement> judgements, boolean interrupted) {
    public DrillResult {
        judgements = List.copyOf(judgements);
    }

    /** The worst of its verdicts; an interrupted drill is at best inconclusive. */
    public Verdict verdict() {
        Verdict worst =
                Verdict.worst(judgements.stream().map(Judgement::verdict).toList());
        return interrupted ? worst.and(Verdict.INCONCLUSIVE) : worst;
    }

    /** The verdict as it is always shown: {@code PASS (embedded)}. */
    public String headline() {
        return verdict() + " (" + kind.label() + ")";
    }
}
