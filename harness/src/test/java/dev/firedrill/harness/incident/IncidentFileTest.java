package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.model.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bad input: one line that says where, what, and what is allowed. */
class IncidentFileTest {
    private static final String SMALL = """
            incident: small-one
            title: A small one
            source: {publisher: Somebody, document: a page}
            zone: UTC
            system: shop
            scale:
              factor: 60
              monitor: {interval: 1m, failures: 3}
              delivery: 1s
            keys: [welcome]
            probes:
              public: {from: outside, service: "ingress:8080", path: /, every: 100ms}
            alerts:
              down: {name: PublicApiDown}
            faults:
              restart: {kind: pod-restart, selector: {app: api}}
              latent:
                plant: {kind: wrong-config-value, configMap: a, key: b, value: c}
                trigger: {kind: controller-resync, configMap: a, request: r, answer: s}
            changes:
              repair: {title: a repair, configMap: a, key: b, set: {x.y: 1}}
            requests:
              retry: {method: POST, url: "http://a/b"}
            remedies:
              watchful: {title: a watchful monitor, by: us, changes: [repair]}
            timeline:
              - at: 2024-01-31 23:00
                id: first
                title: It breaks
                record: It broke.
                fault: {inject: restart}
                observe:
                  for: 5 cycles
                  expect:
                    - {alert: down, fires: 2s, when: watchful}
              - at: 23:30
                title: It is put back
                record: It was put back.
                fault: {undo: restart}
            figures:
              time to page: {from: first, to: page, record: never}
            """;

    private static Incident parse(String text) {
        return IncidentFile.parse("small.yaml", text, TestVocabulary.vocabulary());
    }

    private static void assertRefused(String text, String message) {
        assertThat(message.lines()).hasSize(1);
        assertThatThrownBy(() -> parse(text))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(message);
    }

    /** The small incident with one change, and what must be said about it. */
    private static void assertRefused(String right, String wrong, String message) {
        assertThat(SMALL).contains(right);
        assertRefused(SMALL.replace(right, wrong), message);
    }

    @Test
    void a_second_incident_needs_no_java() {
        Incident incident = parse(SMALL);

        assertThat(incident.id()).isEqualTo("small-one");
        assertThat(incident.timeline())
                .extracting(step -> step.time().inWords())
                .containsExactly("31 January 23:00", "31 January 23:30");
        assertThat(incident.timeline().get(1).id()).isEqualTo("step-2");
    }

    @Test
    void a_file_that_cannot_be_read_is_refused(@TempDir Path directory) throws IOException {
        Path missing = directory.resolve("missing.yaml");
        assertThatThrownBy(() -> IncidentFile.read(missing, TestVocabulary.vocabulary()))
                .hasMessage(missing + ": cannot be read (no such file)");
        assertThatThrownBy(() -> IncidentFile.read(directory, TestVocabulary.vocabulary()))
                .hasMessage(directory + ": cannot be read (it is a directory)");
        Path binary = Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> IncidentFile.read(binary, TestVocabulary.vocabulary()))
                .hasMessage(binary + ": cannot be read (it is not text in UTF-8)");
    }

    @Test
    void what_is_not_yaml_is_refused_with_its_line() {
        assertRefused("", "small.yaml:1: the file is empty");
        assertRefused("incident: [a", "small.yaml:1: not valid YAML: expected ',' or ']', but got <stream end>");
        assertRefused("a: 1\n b: 2\n", "small.yaml:2: not valid YAML: mapping values are not allowed here");
        assertRefused("a: b\nc:\n\td: e\n", "small.yaml:3: a tab in the indentation; allowed: spaces");
        assertRefused("just words", "small.yaml:1: the file must be a map, not text (just words)");
    }

    @Test
    void keys_that_are_unknown_missing_or_doubled_are_refused() {
        assertRefused(
                "title: A small one",
                "titel: A small one",
                "small.yaml:2: unknown key \"titel\" in the file; allowed: incident, title, source, zone, system,"
                        + " scale, timeline, summary, assumptions, keys, probes, alerts, faults,"
                        + " changes, requests, remedies,"
                        + " figures; did you mean \"title\"?");
        assertRefused(
                "                title: It breaks\n".substring(12),
                "",
                "small.yaml:27: a step lacks the key \"title\"; allowed: at, title, record, until, assumed, id, saw,"
                        + " fault, work, apply, request, observe, when, unless");
        assertRefused("zone: UTC", "zone: UTC\nzone: UTC", "small.yaml:5: \"zone\" stands twice in the file");
        assertRefused(
                "down: {name: PublicApiDown}",
                "down: {name: PublicApiDown}\n  down: {name: Other}",
                "small.yaml:15: \"down\" stands twice in alerts");
        assertRefused(
                "title: It is put back",
                "id: first\n    title: It is put back",
                "small.yaml:37: two steps have the id \"first\"");
    }

    @Test
    void wrong_types_are_refused() {
        assertRefused("title: A small one", "title: 5", "small.yaml:2: title must be text, not a number (5)");
        assertRefused("title: A small one", "title: ''", "small.yaml:2: title must not be empty");
        assertRefused("title: A small one", "title:", "small.yaml:2: title must be text, not empty");
        assertRefused("factor: 60", "factor: fast", "small.yaml:7: factor must be a number, not text (fast)");
        assertRefused("factor: 60", "factor: 0", "small.yaml:7: factor is out of range: 0; allowed: 1 to 100000");
        assertRefused("keys: [welcome]", "keys: welcome", "small.yaml:10: keys must be a list, not text (welcome)");
        assertRefused("  down: {name: PublicApiDown}", "  [down]", "small.yaml:14: alerts must be a map, not a list");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delivery: 5|delivery has no unit: 5; allowed: a number with a unit of ms, s, m or h, as in 250ms, 2s,"
                        + " 5m, 10h, 3h42m",
                "delivery: soon|delivery is not a duration: soon; allowed: a number with a unit of ms, s, m or h, as in"
                        + " 250ms, 2s, 5m, 10h, 3h42m",
                "delivery: 0s|delivery must be longer than zero: 0s"
            })
    void durations_need_a_unit(String wrong, String message) {
        assertRefused("delivery: 1s", wrong, "small.yaml:9: " + message);
    }

    @Test
    void times_of_a_replay_are_cycles_or_durations() {
        assertRefused(
                "for: 5 cycles",
                "for: 5",
                "small.yaml:33: for is not a time: 5; allowed: a number of cycles, as in 6 cycles, or a number with a"
                        + " unit of ms, s, m or h, as in 2s");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "every: 5ms|every is out of range: 5ms; allowed: 10 ms to 1 h",
                "every: 2h|every is out of range: 2h; allowed: 10 ms to 1 h",
                "every: -1s|every is not a duration: -1s; allowed: a number with a unit of ms, s, m or h, as in 250ms,"
                        + " 2s, 5m, 10h, 3h42m",
                "every: 100ms, timeout: 0s|timeout must be longer than zero: 0s",
                "every: 100ms, timeout: 51s|timeout is out of range: 51s; allowed: 1 ms to 50 s",
                "every: 1m, timeout: 61s|timeout is out of range: 61s; allowed: 1 ms to 1 min",
                "every: 100ms, status: 600|status is out of range: 600; allowed: 200 to 599",
                "every: 100ms, status: fine|status must be a number, not text (fine)",
                "every: 100ms, data: items|data is not a JSON pointer: \"items\"; allowed: a slash and a name, as in"
                        + " /items"
            })
    void a_probe_looks_at_something_at_a_pace_that_can_be_kept(String wrong, String message) {
        assertRefused("every: 100ms", wrong, "small.yaml:12: " + message);
    }

    @Test
    void a_probe_is_not_called_like_the_open_connection_beside_another() {
        String probe = "{from: outside, service: \"ingress:8080\", path: /, every: 100ms}";
        assertRefused(
                "  public: " + probe,
                "  public: " + probe + "\n  \"public (open connection)\":\n    " + probe,
                "small.yaml:14: probe 'public (open connection)' has the name of what looks on beside probe 'public';"
                        + " allowed: another name");
    }

    @ParameterizedTest
    @CsvSource({"ingress:80800", "ingress:0", "ingress:-1", "ingress", "ingress:http"})
    void a_service_has_a_port(String wrong) {
        assertRefused(
                "ingress:8080",
                wrong,
                "small.yaml:12: service is not one with its port: \"" + wrong
                        + "\"; allowed: name:port, with a port from 1 to 65535");
    }

    @ParameterizedTest
    @CsvSource({"api/x", "ftp://a/b", "http://a:80800/b", "http:///b", "http://a/b c"})
    void a_request_has_a_url(String wrong) {
        assertRefused(
                "http://a/b",
                wrong,
                "small.yaml:23: url is not a URL: \"" + wrong
                        + "\"; allowed: http://HOST:PORT/PATH, with a port from 1 to 65535");
    }

    @Test
    void no_time_is_absurd() {
        assertRefused(
                "delivery: 1s", "delivery: 1001h", "small.yaml:9: delivery is too long: 1001h; allowed: up to 1000 h");
        assertRefused("for: 5 cycles", "for: 0 cycles", "small.yaml:33: for must be longer than zero: 0 cycles");
        assertRefused(
                "fires: 2s",
                "fires: -2s",
                "small.yaml:35: fires is not a time: -2s; allowed: a number of cycles, as in 6 cycles, or a number with"
                        + " a unit of ms, s, m or h, as in 2s");
    }

    @Test
    void names_that_are_not_declared_are_refused() {
        assertRefused(
                "fault: {inject: restart}",
                "fault: {inject: restrat}",
                "small.yaml:31: unknown fault \"restrat\"; allowed: restart, latent; did you mean \"restart\"?");
        assertRefused(
                "{alert: down,",
                "{alert: dwon,",
                "small.yaml:35: unknown alert \"dwon\"; allowed: down; did you mean \"down\"?");
        assertRefused(
                "{alert: down, fires: 2s, when: watchful}",
                "{probe: pubic, fails: 2s}",
                "small.yaml:35: unknown probe \"pubic\"; allowed: public; did you mean \"public\"?");
        assertRefused("when: watchful", "when: asleep", "small.yaml:35: unknown remedy \"asleep\"; allowed: watchful");
        assertRefused(
                "fires: 2s",
                "fires: 2s, since: frist",
                "small.yaml:35: unknown step \"frist\"; allowed: first; did you mean \"first\"?");
        assertRefused(
                "system: shop",
                "system: shoop",
                "small.yaml:5: unknown system \"shoop\"; allowed: shop; did you mean \"shop\"?");
        assertRefused(
                "changes: [repair]",
                "changes: [repare]",
                "small.yaml:25: unknown change \"repare\"; allowed: repair; did you mean \"repair\"?");
        assertRefused(
                "from: first,",
                "from: frist,",
                "small.yaml:41: unknown step \"frist\"; allowed: first, step-2; did you mean \"first\"?");
        assertRefused(
                "zone: UTC",
                "zone: America/New_Yrok",
                "small.yaml:4: unknown zone \"America/New_Yrok\"; allowed: a name of the time zone database, such as"
                        + " America/New_York; did you mean \"America/New_York\"?");
        assertRefused(
                "fault: {undo: restart}",
                "request: retri",
                "small.yaml:39: unknown request \"retri\"; allowed: retry; did you mean \"retry\"?");
        assertRefused(
                "fault: {undo: restart}",
                "work: {edit: welcom, as: after}",
                "small.yaml:39: unknown key \"welcom\"; allowed: welcome; did you mean \"welcome\"?");
    }

    @Test
    void faults_must_be_in_the_catalogue_with_their_parameters() {
        assertRefused(
                "kind: pod-restart",
                "kind: pod-restarts",
                "small.yaml:16: unknown kind \"pod-restarts\"; allowed: "
                        + String.join(", ", FaultCatalogue.standard().names()) + "; did you mean \"pod-restart\"?");
        assertRefused(
                "key: b, value: c}",
                "key: b}",
                "small.yaml:18: a wrong-config-value lacks the key \"value\"; allowed: kind, configMap, key, value");
        assertRefused(
                "selector: {app: api}",
                "selector: api",
                "small.yaml:16: selector must be labels, as in {app: api, role: standby}, not \"api\"");
    }

    @Test
    void what_was_not_planted_is_not_triggered_and_what_was_not_broken_not_put_back() {
        assertRefused(
                "fault: {inject: restart}",
                "fault: {trigger: latent}",
                "small.yaml:31: fault 'latent' is triggered, but no earlier step planted it");
        assertRefused(
                "fault: {inject: restart}",
                "fault: {inject: latent}",
                "small.yaml:31: fault 'latent' is latent: plant it, then trigger it");
        assertRefused(
                "fault: {inject: restart}",
                "fault: {plant: restart}",
                "small.yaml:31: fault 'restart' has no trigger, so it can only be injected");
        assertRefused(
                "fault: {undo: restart}",
                "fault: {undo: latent}",
                "small.yaml:39: fault 'latent' is put back, but no earlier step planted or injected it");
        assertRefused(
                "fault: {inject: restart}",
                "fault: {inject: restart, undo: restart}",
                "small.yaml:31: a step does one thing to one fault; allowed: plant, trigger, inject, undo");
    }

    @Test
    void time_does_not_run_backwards() {
        assertRefused(
                "- at: 23:30",
                "- at: 00:30",
                "small.yaml:36: time runs backwards: 00:30 after 23:00; if it is the next day, write its date:"
                        + " 2024-02-01 00:30");
        assertRefused(
                "- at: 23:30",
                "- at: 2024-01-30 23:30",
                "small.yaml:36: time runs backwards: 2024-01-30 23:30 after 2024-01-31 23:00");
        assertRefused(
                "- at: 23:30",
                "- at: 24:30",
                "small.yaml:36: at is not a time: 24:30; allowed: HH:mm, or yyyy-MM-dd HH:mm for the first step of a"
                        + " day");
        assertRefused(
                "- at: 2024-01-31 23:00",
                "- at: 23:00",
                "small.yaml:27: the first step needs a date: 23:00; allowed: HH:mm, or yyyy-MM-dd HH:mm for the first"
                        + " step of a day");
        assertThat(parse(SMALL.replace("- at: 23:30", "- at: 2024-02-01 00:30"))
                        .timeline()
                        .get(1)
                        .time()
                        .inWords())
                .isEqualTo("1 February 00:30");
        assertThat(parse(SMALL.replace("- at: 23:30", "- at: 23:30\n    until: 02:00"))
                        .timeline()
                        .get(1)
                        .time()
                        .inWords())
                .isEqualTo("31 January 23:30 to 02:00");
    }

    @Test
    void expectations_say_one_thing_of_one_subject() {
        assertRefused(
                "{alert: down, fires: 2s, when: watchful}",
                "{fires: 2s}",
                "small.yaml:35: an expectation lacks its subject; allowed: probe, alert, pager, drift, request,"
                        + " changes");
        assertRefused(
                "{alert: down, fires: 2s, when: watchful}",
                "{alert: down}",
                "small.yaml:35: an expectation of alert says one thing; allowed: fires, resolves, stays");
        assertRefused(
                "{alert: down, fires: 2s, when: watchful}",
                "{probe: public, stays: helthy}",
                "small.yaml:35: unknown state of a probe \"helthy\"; allowed: healthy, failing; did you mean"
                        + " \"healthy\"?");
        assertRefused(
                "{alert: down, fires: 2s, when: watchful}",
                "{changes: arrived, within: 2s}",
                "small.yaml:35: changes are expected, but no earlier step edits anything");
    }

    @Test
    void a_request_that_nobody_makes_names_nothing() {
        assertRefused(
                "{alert: down, fires: 2s, when: watchful}",
                "{request: retry, names: every absent change}",
                "small.yaml:35: request 'retry' is expected to name something, but neither this step nor an earlier one"
                        + " makes it");
    }

    @Test
    void an_incident_that_does_not_come_along_is_refused() {
        IncidentLibrary library = new IncidentLibrary(IncidentFileTest.class.getClassLoader());

        assertThat(library.names()).containsExactly("rehearsed-2024-01-31");
        assertThatThrownBy(() -> library.find("rehearsed-2024-01-13", TestVocabulary.vocabulary()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("unknown incident \"rehearsed-2024-01-13\"; allowed: rehearsed-2024-01-31, or a file that"
                        + " ends in .yaml; did you mean \"rehearsed-2024-01-31\"?");
        assertThatCode(() -> library.find("rehearsed-2024-01-31", TestVocabulary.vocabulary()))
                .doesNotThrowAnyException();
    }
}
