package dev.firedrill.scenarios.shop;

import dev.firedrill.harness.fault.configuration.ChangedSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** The checks of the shop's monitor that wait, switched off, in its configuration: the remedies. */
public final class MonitorChecks {
    /** Asks the internal route for data; its alert is {@code InternalRouteDown}. */
    public static final String INTERNAL_ROUTE = "internal-route";

    /** Looks at the age of the backlog; its alert is {@code BacklogOld}. */
    public static final String BACKLOG = "backlog";

    /** Follows a change from the dashboard to the public API; its alert is {@code ChangeNotArriving}. */
    public static final String CANARY_CHANGE = "canary-change";

    private MonitorChecks() {}

    /** Switches checks on. */
    public static ChangedSettings enabling(String... checks) {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String check : checks) {
            settings.put("checks[" + check + "].enabled", true);
        }
        return ChangedSettings.in("monitor-config", "monitor.yaml", settings);
    }
}
