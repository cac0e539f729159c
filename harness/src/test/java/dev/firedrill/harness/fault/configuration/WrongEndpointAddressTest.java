package dev.firedrill.harness.fault.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.fault.Proof;
import dev.firedrill.harness.model.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WrongEndpointAddressTest {
    private static final Map<String, Object> MAP = Map.of("configMap", "settings", "key", "url");
    private static final Map<String, Object> DEPLOYMENT = Map.of("deployment", "web", "env", "PEER");
    private static final Map<String, Object> URL = Map.of("url", "http://web:8080/");

    @Test
    void in_a_config_map_it_is_planted_unless_something_is_known_to_fail() {
        assertThat(proof(MAP, Map.of()).readsBack()).isTrue();
        assertThat(proof(MAP, URL).readsBack()).isFalse();
        assertThat(proof(DEPLOYMENT, Map.of()).readsBack()).isFalse();
    }

    @Test
    void what_makes_no_sense_is_refused_in_one_line() {
        refused("wrong-endpoint-address needs the place where the address is set; allowed: configMap and key, or"
                + " deployment and env");
        refused("configMap and deployment both say where the address is set; allowed: one of them", MAP, DEPLOYMENT);
        refused(
                "an address is set in configMap and key, or in deployment and env; allowed: both of a pair",
                Map.of("key", "url"));
        refused(
                "wrong-endpoint-address: wrong is the address itself, api:8080; allowed: another one",
                MAP,
                Map.of("wrong", "api:8080"));
        refused(
                "wrong-endpoint-address: url is for an address in a ConfigMap; allowed: no url, since a Deployment's"
                        + " pods are proven to be started with the address",
                DEPLOYMENT,
                URL);
    }

    private static Proof proof(Map<String, Object> where, Map<String, Object> more) {
        return WrongEndpointAddress.KIND.make(with(where, more)).proof();
    }

    @SafeVarargs
    private static void refused(String why, Map<String, Object>... own) {
        assertThatThrownBy(() -> WrongEndpointAddress.KIND.make(with(own)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage(why);
    }

    @SafeVarargs
    private static Map<String, Object> with(Map<String, Object>... own) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("address", "api:8080", "wrong", "nowhere:8080"));
        for (Map<String, Object> each : own) {
            all.putAll(each);
        }
        return all;
    }
}
