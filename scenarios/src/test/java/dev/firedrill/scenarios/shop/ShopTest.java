package dev.firedrill.scenarios.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.alert.AlertRule;
import org.junit.jupiter.api.Test;

class ShopTest {
    @Test
    void the_shop_names_the_alerts_of_its_monitor_with_their_labels() {
        assertThat(new Shop().alerts())
                .extracting(AlertRule::name)
                .containsExactly(
                        "PublicApiDown",
                        "IngressControllerDown",
                        "PagerCanary",
                        "InternalRouteDown",
                        "BacklogOld",
                        "ChangeNotArriving");
        assertThat(new Shop().alerts())
                .allSatisfy(rule -> assertThat(rule.labels()).containsKey("severity"));
        assertThat(new Shop().alerts().get(3).carries("edge", Edges.INTERNAL)).isTrue();
    }
}
