package dev.firedrill.harness.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.alert.AlertRule;
import dev.firedrill.harness.fault.FaultCatalogue;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** What an incident speaks of must be in the system's manifests, before anything is started. */
class ReplayedSystemTest {
    private static final AlertRule ROUTE =
            new AlertRule("InternalRouteDown", Map.of("edge", "dashboard", "severity", "page", "instance", ""));
    private static final AlertRule API = new AlertRule("PublicApiDown", Map.of("edge", "outside"));
    private static final String FAULT = "{kind: broken-service, service: ingress-internal, port: 8081}";
    private static final String ALERT = "{name: InternalRouteDown, labels: {edge: dashboard}}";

    private static void assertReplayed(String text, AlertRule... rules) {
        assertThat(replay(text, rules).drill().steps()).isNotEmpty();
    }

    private static Replay replay(String text, AlertRule... rules) {
        return Replay.of(SmallIncident.parse(text), new ConfiguredSystem(rules), FaultCatalogue.standard());
    }

    private static void assertRefused(String right, String wrong, String complaint, AlertRule... rules) {
        Replay replay = replay(SmallIncident.with(right, wrong), rules);
        assertThatThrownBy(replay::drill)
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(SmallIncident.at(right, complaint));
    }

    @Test
    void an_incident_whose_system_has_it_all_is_replayed() {
        assertReplayed(SmallIncident.text(), ROUTE, API);
    }

    @ParameterizedTest(name = "{1}")
    @CsvFileSource(resources = "/incidents/system/refused.txt", delimiter = '|', quoteCharacter = '`')
    void what_the_system_does_not_have_is_refused_with_its_line(String right, String wrong, String complaint) {
        assertRefused(right, wrong, complaint);
    }

    @Test
    void a_parameter_is_refused_on_its_own_line() {
        String text =
                SmallIncident.with(FAULT, "\n    kind: broken-service\n    service: ingress-internal\n    port: 1");

        assertThatThrownBy(() -> replay(text).drill())
                .hasMessage("small.yaml:20: Service ingress-internal of the system has no port \"1\"; allowed: 8081");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: pod-kill, selector: {app: nobody-knows-at-this-time}}",
                "{kind: scaled-down, deployment: api, replicas: 1}",
                "{kind: broken-service, service: ingress-internal, port: '8081'}",
                "{kind: wrong-backend, ingress: api, host: api.example.com, service: dashboard, port: 8080,"
                        + " url: 'http://ingress:8080/'}",
                "{kind: wrong-backend, ingress: api, host: api.example.com, service: dashboard, port: 8080,"
                        + " url: 'http://api.example.com:1/'}",
                "{kind: wrong-endpoint-address, configMap: dashboard-config, key: dashboard.yaml,"
                        + " address: 'ingress-internal:8081', wrong: 'nowhere:1', url: 'http://dashboard:8080/'}",
                "{kind: changed-environment, deployment: api, variable: DATA_DIR, value: /nowhere}",
                "{plant: {kind: wrong-config-value, configMap: ingress-controller, key: a-new-one, value: x},"
                        + " trigger: {kind: rolling-restart, deployment: api}}"
            })
    void a_fault_of_what_the_system_has_is_taken(String fault) {
        String text = SmallIncident.with(FAULT, fault);
        boolean latent = fault.contains("trigger");
        assertReplayed(latent ? text.replace("{inject: no endpoints}", "{plant: no endpoints}") : text);
    }

    @Test
    void an_alert_that_no_rule_sends_is_refused() {
        assertRefused(
                ALERT,
                "{name: InternalRouteDwn}",
                "the system sends no alert \"InternalRouteDwn\"; allowed: InternalRouteDown, PublicApiDown; did you"
                        + " mean \"InternalRouteDown\"?",
                ROUTE,
                API);
        assertRefused(
                ALERT,
                "{name: InternalRouteDown, labels: {edgee: dashboard}}",
                "alert \"InternalRouteDown\" has no label \"edgee\"; allowed: edge, instance, severity; did you mean"
                        + " \"edge\"?",
                ROUTE,
                API);
        assertRefused(
                ALERT,
                "{name: InternalRouteDown, labels: {edge: dashbord}}",
                "label \"edge\" of \"InternalRouteDown\" is never \"dashbord\"; allowed: dashboard; did you mean"
                        + " \"dashboard\"?",
                ROUTE,
                API);
    }

    @Test
    void labels_of_different_rules_are_not_carried_together() {
        assertRefused(
                ALERT,
                "{name: InternalRouteDown, labels: {edge: dashboard, severity: ticket}}",
                "the system sends no alert \"InternalRouteDown\" with all of these labels; allowed: {edge=dashboard,"
                        + " severity=page} or {edge=outside, severity=ticket}",
                new AlertRule("InternalRouteDown", Map.of("edge", "dashboard", "severity", "page")),
                new AlertRule("InternalRouteDown", Map.of("edge", "outside", "severity", "ticket")));
    }

    @Test
    void a_label_whose_value_is_not_known_beforehand_may_be_any() {
        assertReplayed(
                SmallIncident.with(
                        ALERT, "{name: InternalRouteDown, labels: {instance: a:1, alertname: InternalRouteDown}}"),
                ROUTE);
    }

    @Test
    void alerts_of_a_system_that_names_none_are_not_checked() {
        assertReplayed(SmallIncident.with(ALERT, "{name: Whatever, labels: {any: thing}}"));
    }
}
