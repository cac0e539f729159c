package dev.firedrill.harness.incident;

import dev.firedrill.harness.fault.configuration.ConfigurationText;
import dev.firedrill.harness.incident.Scale.ScaledSetting;
import java.util.List;

/** Reads the key {@code scale} of an incident file. */
final class ScaleReader {
    private ScaleReader() {}

    static Scale scale(Located scale) {
        Fields fields = scale.fields(List.of("factor", "monitor", "delivery"), List.of("intervals"));
        Fields monitor = fields.get("monitor").fields(List.of("interval", "failures"), List.of());
        return new Scale(
                fields.get("factor").number(1, Scale.MOST),
                monitor.get("interval").duration(),
                monitor.get("failures").number(1, 1000),
                fields.get("delivery").duration(),
                fields.list("intervals", ScaleReader::setting));
    }

    private static ScaledSetting setting(Located item) {
        Fields fields = item.called("an interval").fields(List.of("configMap", "key", "path", "real"), List.of("as"));
        SettingPlace place =
                new SettingPlace(fields.text("configMap"), fields.text("key"), path(fields.get("path")), item.place());
        boolean asSeconds =
                fields.find("as").map(as -> as.oneOf(List.of("seconds"))).isPresent();
        return new ScaledSetting(place, fields.get("real").duration(), asSeconds);
    }

    /** A path in a configuration file, checked for its form. */
    static String path(Located path) {
        if (!ConfigurationText.isPath(path.text())) {
            throw path.wrong("not a path: \"" + path.text()
                    + "\"; allowed: names with dots between, and [name] or [*] for items of a list, as in"
                    + " checks[PublicApiDown].interval");
        }
        return path.text();
    }
}
