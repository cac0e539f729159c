package dev.firedrill.reports.html;

import dev.firedrill.harness.model.TimelineEvent;
import dev.firedrill.harness.timeline.RunArtifact;
import dev.firedrill.reports.record.RunReader;
import dev.firedrill.reports.record.RunRecord;
import dev.firedrill.reports.wording.ArtifactFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/**
 * The report for people: {@code report.html}, one file without scripts and without anything from elsewhere, for an
 * incident review, on paper too. Source: Content Security Policy Level 3; the page forbids itself everything but its
 * own style, by that style's hash.
 */
public final class HtmlReport implements RunArtifact {
    @Override
    public String fileName() {
        return "report.html";
    }

    @Override
    public String describe() {
        return "the report for people";
    }

    @Override
    public void write(Iterable<TimelineEvent> journal, Path directory) {
        RunRecord run = RunReader.read(journal);
        ArtifactFile.write(directory.resolve(fileName()), page(run, Attachments.in(directory)));
    }

    private static String page(RunRecord run, Attachments attachments) {
        String style = style();
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head");
        page.open("meta", "charset", "utf-8");
        page.open(
                "meta",
                "http-equiv",
                "Content-Security-Policy",
                "content",
                "default-src 'none'; style-src 'sha256-" + sha256(style) + "'; base-uri 'none'; form-action 'none'");
        page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.open("meta", "name", "color-scheme", "content", "light dark");
        page.leaf("title", run.headline() + " · " + RunPage.title(run) + " · Firedrill");
        page.open("style").raw(style).close("style").close("head").newline();
        new RunPage(page, run, attachments).write();
        return page.close("html").newline().toString();
    }

    private static String style() {
        try (InputStream stream = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(Objects.requireNonNull(stream, "report.css").readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(String text) {
        try {
            return Base64.getEncoder()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
