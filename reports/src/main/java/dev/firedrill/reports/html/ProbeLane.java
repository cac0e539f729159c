package dev.firedrill.reports.html;

import dev.firedrill.reports.record.Band;
import dev.firedrill.reports.record.ProbeRecord;
import dev.firedrill.reports.record.ProbeRecord.Outcome;
import dev.firedrill.reports.wording.Wording;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/** The health of every probe over time, by where it looks from. */
final class ProbeLane {
    private static final int GAP_SHARE = 25;

    private final Lane lane;

    ProbeLane(Lane lane) {
        this.lane = lane;
    }

    void write(List<ProbeRecord> probes) {
        TreeSet<String> vantages = new TreeSet<>(java.util.Comparator.reverseOrder());
        probes.forEach(probe -> vantages.add(probe.vantage()));
        for (String vantage : vantages) {
            lane.heading(vantage.isEmpty() ? "probes" : "probes from " + vantage);
            probes.stream().filter(probe -> probe.vantage().equals(vantage)).forEach(this::probe);
        }
    }

    private void probe(ProbeRecord probe) {
        lane.row(probe.name(), summary(probe));
        List<Band<Outcome>> bands = probe.bands();
        int start = 0;
        for (int i = 1; i <= bands.size(); i++) {
            if (i == bands.size() || !continues(bands, i)) {
                Band<Outcome> first = bands.get(start);
                boolean gap = i == bands.size() || isGap(bands.get(i - 1), bands.get(i));
                Duration to = gap ? bands.get(i - 1).to() : bands.get(i).from();
                String style = style(first);
                lane.bar(style, first.from(), to, tip(probe, style, first.from(), to));
                start = i;
            }
        }
    }

    private boolean continues(List<Band<Outcome>> bands, int i) {
        return style(bands.get(i - 1)).equals(style(bands.get(i))) && !isGap(bands.get(i - 1), bands.get(i));
    }

    /** Whether nothing was measured for so long that the drawing must show it. */
    private boolean isGap(Band<Outcome> before, Band<Outcome> after) {
        Duration span = lane.axis().to().minus(lane.axis().from());
        return after.from().minus(before.to()).compareTo(span.dividedBy(GAP_SHARE)) > 0;
    }

    private static String style(Band<Outcome> band) {
        return band.count(Outcome.FAILED) > 0 ? "failed" : band.count(Outcome.OK) > 0 ? "ok" : "missed";
    }

    private static String tip(ProbeRecord probe, String style, Duration from, Duration to) {
        String word =
                switch (style) {
                    case "failed" -> "fails";
                    case "ok" -> "answers";
                    default -> "not measured";
                };
        return probe.name() + " " + word + " from " + Wording.moment(from) + " for " + Wording.duration(to.minus(from));
    }

    private static String summary(ProbeRecord probe) {
        if (probe.counts().all() == 0) {
            return "no samples";
        }
        return probe.counts().failed() == 0
                ? String.format(Locale.ROOT, "%,d ok", probe.counts().ok())
                : String.format(
                        Locale.ROOT,
                        "%,d of %,d failed",
                        probe.counts().failed(),
                        probe.counts().all());
    }
}
