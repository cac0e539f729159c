package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** An incident on the {@link ConfiguredSystem} that is as it should be, to be written otherwise in one place. */
final class SmallIncident {
    static final String NAME = "small.yaml";

    private SmallIncident() {}

    static String text() {
        try (InputStream in = SmallIncident.class.getResourceAsStream("/incidents/system/incident.yaml")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With one text in place of another. */
    static String with(String right, String wrong) {
        assertThat(text()).containsOnlyOnce(right);
        return text().replace(right, wrong);
    }

    /** A complaint about the line in which a text of the right incident stands. */
    static String at(String right, String complaint) {
        String before = text().substring(0, text().indexOf(right));
        return NAME + ":" + (before.chars().filter(each -> each == '\n').count() + 1) + ": " + complaint;
    }

    static Incident parse(String text) {
        return IncidentFile.parse(NAME, text, TestVocabulary.vocabulary());
    }
}
