package dev.firedrill.harness.cluster.embedded.apiserver.validation;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.kinds.KindTable;
import dev.firedrill.harness.cluster.embedded.apiserver.kinds.ResourceKind;
import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class QuotaCheckTest {
    private static final ResourceKind QUOTAS = KindTable.of("", "resourcequotas");

    private static ObjectNode quota(String spec) {
        return object("{metadata: {name: q}, spec: " + spec + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{hard: {pods: '1'}, scopes: [BestEffort]}",
                "{hard: {pods: '1', cpu: '1', count/toys.example.com: '1'}, scopes: [Terminating, NotBestEffort]}",
                "{hard: {persistentvolumeclaims: '1', requests.storage: 1Gi}, scopes: [VolumeAttributesClass]}",
                "{hard: {pods: '1'}, scopeSelector: {matchExpressions: "
                        + "[{scopeName: PriorityClass, operator: In, values: [high]}]}}"
            })
    void what_is_counted_where_it_can_be_passes(String spec) {
        assertThatCode(() -> Validation.create(QUOTAS, quota(spec))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {hard: {cpu: '1'}, scopes: [BestEffort]} \
        | spec.scopes: Invalid value: ["BestEffort"]: unsupported scope applied to resource
        {hard: {services: '1'}, scopes: [Terminating]} \
        | spec.scopes: Invalid value: ["Terminating"]: unsupported scope applied to resource
        {hard: {pods: '1'}, scopes: [VolumeAttributesClass]} \
        | spec.scopes: Invalid value: ["VolumeAttributesClass"]: unsupported scope applied to resource
        {hard: {pods: '1'}, scopes: [Foo]} | spec.scopes: Invalid value: ["Foo"]: unsupported scope
        {hard: {pods: '1'}, scopes: [Terminating, NotTerminating]} \
        | spec.scopes: Invalid value: ["Terminating","NotTerminating"]: conflicting scopes
        {hard: {pods: 1500m}} | spec.hard[pods]: Invalid value: "1500m": must be an integer
        {hard: {nosuch: '1'}} | [spec.hard[nosuch]: Invalid value: "nosuch": must be a standard resource type or \
        fully qualified, spec.hard[nosuch]: Invalid value: "nosuch": must be a standard resource for quota]
        {hard: {pods: '1'}, scopeSelector: {matchExpressions: [{scopeName: Bar, operator: Exists}]}} \
        | spec.scopeSelector.matchExpressions.scopeName: Invalid value: "Bar": unsupported scope
        {hard: {cpu: '1'}, scopeSelector: {matchExpressions: [{scopeName: BestEffort, operator: Exists}]}} \
        | spec.scopeSelector.matchExpressions: Invalid value: {"MatchExpressions":[{"ScopeName":"BestEffort",\
        "Operator":"Exists","Values":null}]}: unsupported scope applied to resource
        {hard: {pods: '1'}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: In}]}} \
        | spec.scopeSelector.matchExpressions.values: Required value: must be at least one value when `operator` \
        is 'In' or 'NotIn' for scope selector
        {hard: {pods: '1'}, scopeSelector: {matchExpressions: \
        [{scopeName: PriorityClass, operator: Exists, values: [a]}]}} \
        | spec.scopeSelector.matchExpressions.values: Invalid value: ["a"]: must be no value when `operator` is \
        'Exist' or 'DoesNotExist' for scope selector
        {hard: {pods: '1'}, scopeSelector: {matchExpressions: \
        [{scopeName: BestEffort, operator: In, values: [a]}]}} \
        | spec.scopeSelector.matchExpressions.operator: Invalid value: "In": must be 'Exists' when scope is any of \
        ResourceQuotaScopeTerminating, ResourceQuotaScopeNotTerminating, ResourceQuotaScopeBestEffort, \
        ResourceQuotaScopeNotBestEffort or ResourceQuotaScopeCrossNamespacePodAffinity
        {hard: {pods: '1'}, scopeSelector: {matchExpressions: [{scopeName: PriorityClass, operator: Foo}]}} \
        | spec.scopeSelector.matchExpressions.operator: Invalid value: "Foo": not a valid selector operator
        """)
    void what_cannot_be_counted_is_refused(String spec, String why) {
        assertThatThrownBy(() -> Validation.create(QUOTAS, quota(spec)))
                .isInstanceOf(StatusException.class)
                .hasMessage("ResourceQuota \"q\" is invalid: " + why);
    }
}
