package dev.firedrill.harness.cluster.existing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.firedrill.harness.agent.AgentDeployment;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nobody may grant more than they have: who has the shipped Role alone could not deploy the agent else. */
class AgentRightsTest {
    @Test
    void the_agent_may_do_nothing_that_the_shipped_role_does_not_allow() {
        List<PolicyRule> agents = AgentDeployment.standard().objects().stream()
                .filter(Role.class::isInstance)
                .flatMap(role -> ((Role) role).getRules().stream())
                .toList();

        assertThat(agents).isNotEmpty().allSatisfy(rule -> assertThat(shipped(rule))
                .as(rule.toString())
                .isTrue());
    }

    private static boolean shipped(PolicyRule asked) {
        return asked.getResources().stream()
                .allMatch(resource -> asked.getVerbs().stream().allMatch(verb -> DrillRole.in("drills").rules().stream()
                        .anyMatch(rule -> rule.names().isEmpty()
                                && rule.groups().containsAll(asked.getApiGroups())
                                && rule.resources().contains(resource)
                                && rule.verbs().contains(verb))));
    }
}
