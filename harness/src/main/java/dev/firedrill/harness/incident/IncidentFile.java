package dev.firedrill.harness.incident;

import dev.firedrill.harness.incident.Incident.Assumption;
import dev.firedrill.harness.incident.Incident.Source;
import dev.firedrill.harness.model.ConfigurationException;
import dev.firedrill.harness.model.Spelling;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.List;

/**
 * Reads an incident from its file and checks everything in it before anything is started: every name that is used is
 * declared, time does not run backwards, nothing is triggered that was not planted. The first thing that is wrong is
 * said in one line, {@code file:line: what is wrong; allowed: ...; did you mean "..."?}
 *
 * <pre>{@code
 * Incident incident = IncidentFile.read(Path.of("incidents/knock-2024-06-03.yaml"), vocabulary);
 * }</pre>
 */
public final class IncidentFile {
    private static final List<String> REQUIRED =
            List.of("incident", "title", "source", "zone", "system", "scale", "timeline");
    private static final List<String> OPTIONAL = List.of(
            "summary",
            "assumptions",
            "keys",
            "probes",
            "alerts",
            "faults",
            "changes",
            "requests",
            "remedies",
            "figures");

    private IncidentFile() {}

    /**
     * Reads a file.
     *
     * @throws ConfigurationException if it cannot be read or something in it is wrong
     */
    public static Incident read(Path file, Vocabulary vocabulary) {
        try {
            return parse(file.toString(), Files.readString(file), vocabulary);
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read (" + reason(file, e) + ")", e);
        }
    }

    private static String reason(Path file, IOException e) {
        if (e instanceof NoSuchFileException) {
            return "no such file";
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        return Files.isDirectory(file) ? "it is a directory" : String.valueOf(e.getMessage());
    }

    /**
     * Reads a text.
     *
     * @param name what to call it in messages
     * @throws ConfigurationException if something in it is wrong
     */
    public static Incident parse(String name, String text, Vocabulary vocabulary) {
        return incident(YamlText.root(name, text), vocabulary);
    }

    private static Incident incident(Located root, Vocabulary vocabulary) {
        Fields fields = root.fields(REQUIRED, OPTIONAL);
        Cast cast = new CastReader(vocabulary.faults()).read(fields);
        TimelineReader timeline = new TimelineReader(cast, zone(fields.get("zone")));
        List<IncidentStep> steps = timeline.read(fields.get("timeline"));
        List<String> ids = steps.stream().map(IncidentStep::id).toList();
        return new Incident(
                id(fields.get("incident")),
                fields.text("title"),
                fields.text("summary", ""),
                source(fields.get("source")),
                zone(fields.get("zone")),
                fields.list("assumptions", IncidentFile::assumption),
                fields.get("system").oneOf(vocabulary.systems()),
                ScaleReader.scale(fields.get("scale")),
                cast,
                steps,
                fields.find("figures")
                        .map(figures -> FigureReader.read(figures, ids))
                        .orElse(List.of()));
    }

    private static String id(Located id) {
        if (!id.text().matches("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?")) {
            throw id.wrong(
                    "incident is not a name: \"" + id.text() + "\"; allowed: lower case letters, digits, dashes");
        }
        return id.text();
    }

    private static Source source(Located source) {
        Fields fields = source.fields(List.of("publisher", "document"), List.of("note"));
        return new Source(fields.text("publisher"), fields.text("document"), fields.text("note", ""));
    }

    private static Assumption assumption(Located assumption) {
        Fields fields = assumption.called("an assumption").fields(List.of("open", "chosen"), List.of());
        return new Assumption(fields.text("open"), fields.text("chosen"));
    }

    private static ZoneId zone(Located zone) {
        try {
            return ZoneId.of(zone.text());
        } catch (DateTimeException e) {
            String guess = Spelling.guess(zone.text(), ZoneId.getAvailableZoneIds());
            throw zone.wrong("unknown zone \"" + zone.text()
                    + "\"; allowed: a name of the time zone database, such as America/New_York" + guess);
        }
    }
}
