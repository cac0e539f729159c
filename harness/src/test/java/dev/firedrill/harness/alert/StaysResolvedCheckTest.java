package dev.firedrill.harness.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.model.Check;
import dev.firedrill.harness.model.ExpectationKind;
import dev.firedrill.harness.model.Judgement;
import dev.firedrill.harness.model.Verdict;
import dev.firedrill.harness.timeline.Moment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An alert fires at -900 ms; the fault is undone at 0; within 2 s it must resolve, which is judged at 250 ms. */
class StaysResolvedCheckTest {
    private static final AlertMatch ROUTE = AlertMatch.named("InternalRouteDown");
    private static final Check RESOLVES =
            AlertCheck.resolves(ROUTE, Moment.stepFinished("undo"), Duration.ofSeconds(2));
    private static final Check FIRES_AGAIN =
            AlertCheck.fires(ROUTE, Moment.faultActive("second"), Duration.ofSeconds(2));

    private static Pages resolved() {
        return new Pages()
                .firing("InternalRouteDown", -900)
                .step("undo", 0)
                .resolved("InternalRouteDown", 197, -900)
                .judged(RESOLVES.expectation(), Verdict.PASS, 250);
    }

    private static StaysResolvedCheck check(Pages pages, Check... more) {
        List<Check> checks = new ArrayList<>(List.of(RESOLVES));
        checks.addAll(List.of(more));
        return AlertCheck.staysResolved(checks, pages.events()).orElseThrow();
    }

    private static Judgement judge(Pages pages, Check... more) {
        return check(pages, more).judge(pages.events());
    }

    private static Verdict verdict(Pages pages, Check... more) {
        return judge(pages, more).verdict();
    }

    @Test
    void passes_when_it_stays_resolved_and_says_for_how_long() {
        Judgement judgement = judge(resolved().read(5250));

        assertThat(judgement.verdict()).isEqualTo(Verdict.PASS);
        assertThat(judgement.kind()).isEqualTo(ExpectationKind.INVARIANT);
        assertThat(judgement.expectation()).isEqualTo("alerts that resolved do not fire again");
        assertThat(judgement.reason())
                .isEqualTo("Not delivered again: alert 'InternalRouteDown' for 5 s; source: the pager's inbox");
    }

    @Test
    void fails_when_it_still_fires_at_its_deadline() {
        Pages pages = resolved().firing("InternalRouteDown", 1200).read(4250);
        Judgement judgement = judge(pages);

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.reason())
                .isEqualTo("Alert 'InternalRouteDown' was judged to be resolved at 2024-06-03T22:36:00.250Z, fired"
                        + " again at 2024-06-03T22:36:01.200Z, though the drill had changed nothing since; source: the"
                        + " pager's inbox; is what it watches healthy, or did its monitor only start anew?");
        assertThat(judgement.evidence()).containsExactly("2024-06-03T22:36:01.200Z firing InternalRouteDown {}");
        assertThat(check(pages).mayStillPass(pages.events())).isFalse();
    }

    @Test
    void fails_when_it_fires_after_its_deadline_even_if_it_resolves_once_more() {
        assertThat(verdict(resolved()
                        .firing("InternalRouteDown", 2600)
                        .resolved("InternalRouteDown", 3000, 2600)
                        .read(4250)))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void passes_when_it_wavers_and_is_resolved_by_its_deadline() {
        assertThat(verdict(resolved()
                        .firing("InternalRouteDown", 1200)
                        .resolved("InternalRouteDown", 1600, 1200)
                        .read(4250)))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void what_the_drill_did_before_the_verdict_is_no_later_change() {
        Pages pages = new Pages()
                .firing("InternalRouteDown", -900)
                .undone("first", 0, 100)
                .step("undo", 0)
                .resolved("InternalRouteDown", 197, -900)
                .judged(RESOLVES.expectation(), Verdict.PASS, 250)
                .firing("InternalRouteDown", 1200)
                .resolved("InternalRouteDown", 1600, 1200);

        assertThat(judge(pages.read(4250)).reason()).contains("for 4 s");
    }

    @Test
    void fails_when_the_undo_at_the_end_of_the_drill_is_what_resolves_it() {
        assertThat(verdict(resolved()
                        .firing("InternalRouteDown", 1200)
                        .undone("first", 1500, 100)
                        .resolved("InternalRouteDown", 1600, 1200)
                        .read(4250)))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void fails_when_what_fired_before_a_change_is_delivered_after_it() {
        assertThat(verdict(resolved()
                        .undone("first", 5500, 100)
                        .firing("InternalRouteDown", 5600, 4000, Map.of())
                        .resolved("InternalRouteDown", 5700, 4000)
                        .read(6250)))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void what_a_later_change_makes_fire_must_be_resolved_at_the_end() {
        Pages pages = resolved().injected("second", 3000).firing("InternalRouteDown", 3900);
        Judgement judgement = judge(pages.read(4250));

        assertThat(judgement.verdict()).isEqualTo(Verdict.FAIL);
        assertThat(judgement.reason()).contains("at 2024-06-03T22:36:03.900Z, and still fires at the end of the drill");
        assertThat(check(pages).mayStillPass(pages.events())).isTrue();

        assertThat(verdict(pages.resolved("InternalRouteDown", 5000, 3900).read(5250)))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void what_an_undo_makes_fire_while_it_goes_on_counts_as_made_by_it() {
        assertThat(verdict(resolved()
                        .firing("InternalRouteDown", 4200)
                        .undone("first", 5000, 1500)
                        .resolved("InternalRouteDown", 5600, 4200)
                        .read(6250)))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void what_is_demanded_to_fire_later_may_fire_at_the_end() {
        Pages pages = resolved()
                .injected("second", 3000)
                .firing("InternalRouteDown", 3900)
                .read(4250);

        assertThat(verdict(pages, FIRES_AGAIN)).isEqualTo(Verdict.PASS);
    }

    @Test
    void a_demand_does_not_excuse_another_alert() {
        Check other = AlertCheck.fires(AlertMatch.named("Other"), Moment.faultActive("second"), Duration.ofSeconds(2));

        assertThat(verdict(
                        resolved()
                                .injected("second", 3000)
                                .firing("InternalRouteDown", 3900)
                                .read(4250),
                        other))
                .isEqualTo(Verdict.FAIL);
    }

    @Test
    void a_demand_does_not_excuse_what_fired_before_it() {
        Pages pages = resolved()
                .firing("InternalRouteDown", 2600)
                .resolved("InternalRouteDown", 2700, 2600)
                .injected("second", 3000)
                .firing("InternalRouteDown", 3900)
                .read(4250);

        assertThat(verdict(pages, FIRES_AGAIN)).isEqualTo(Verdict.FAIL);
    }

    @Test
    void an_alert_of_another_name_is_none_of_its_business() {
        assertThat(verdict(resolved().firing("Other", 3000).read(4250))).isEqualTo(Verdict.PASS);
    }

    @Test
    void is_inconclusive_when_the_inbox_was_not_read_to_the_end() {
        assertThat(verdict(resolved())).isEqualTo(Verdict.INCONCLUSIVE);
        assertThat(judge(resolved().read(900).undone("first", 1500, 100)).reason())
                .isEqualTo("Nothing that resolved fired again, but the pager's inbox was read only until"
                        + " 2024-06-03T22:36:00.900Z, and the drill went on until 2024-06-03T22:36:01.500Z; was the"
                        + " agent reachable?");
    }

    @Test
    void is_inconclusive_when_the_pager_is_deaf() {
        assertThat(judge(resolved().lostCanary("c2", 3000, "no canary page").read(4250))
                        .reason())
                .isEqualTo("Nothing that resolved fired again, but the pager cannot be trusted: no canary page");
        assertThat(verdict(resolved().lostDisk(1000).read(4250))).isEqualTo(Verdict.INCONCLUSIVE);
    }

    @Test
    void there_is_nothing_to_judge_where_nothing_was_judged_to_be_resolved() {
        Pages failed = new Pages()
                .firing("InternalRouteDown", -900)
                .step("undo", 0)
                .judged(RESOLVES.expectation(), Verdict.FAIL, 2250);

        assertThat(AlertCheck.staysResolved(List.of(RESOLVES), failed.events())).isEmpty();
        assertThat(AlertCheck.staysResolved(List.of(FIRES_AGAIN), resolved().events()))
                .isEmpty();
    }
}
