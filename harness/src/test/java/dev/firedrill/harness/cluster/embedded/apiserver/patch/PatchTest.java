package dev.firedrill.harness.cluster.embedded.apiserver.patch;

import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.object;
import static dev.firedrill.harness.cluster.embedded.apiserver.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.firedrill.harness.cluster.embedded.apiserver.status.StatusException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {a: b} | {a: c} | {a: c}
        {a: b} | {b: c} | {a: b, b: c}
        {a: b} | {a: null} | {}
        {a: [b]} | {a: c} | {a: c}
        {a: {b: c}} | {a: {b: d, c: null}} | {a: {b: d}}
        {e: null} | {a: 1} | {e: null, a: 1}
        {} | {a: {bb: {ccc: null}}} | {a: {bb: {}}}
        """)
    void merge_patches_follow_the_examples_of_their_rfc(String target, String patch, String result) {
        assertThat(MergePatch.apply(tree(target), tree(patch))).isEqualTo(tree(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {foo: bar} | [{op: add, path: /baz, value: qux}] | {foo: bar, baz: qux}
        {foo: [bar, baz]} | [{op: add, path: /foo/1, value: qux}] | {foo: [bar, qux, baz]}
        {foo: [bar]} | [{op: add, path: /foo/-, value: [x]}] | {foo: [bar, [x]]}
        {baz: qux, foo: bar} | [{op: remove, path: /baz}] | {foo: bar}
        {foo: [a, b, c]} | [{op: remove, path: /foo/1}] | {foo: [a, c]}
        {baz: qux} | [{op: replace, path: /baz, value: boo}] | {baz: boo}
        {foo: {bar: 1}, qux: {}} | [{op: move, from: /foo/bar, path: /qux/thud}] | {foo: {}, qux: {thud: 1}}
        {a: {b: 1}} | [{op: copy, from: /a, path: /c}] | {a: {b: 1}, c: {b: 1}}
        {a/b: 1, m~n: 2} | [{op: test, path: /a~1b, value: 1}, {op: test, path: /m~0n, value: 2}] | {a/b: 1, m~n: 2}
        """)
    void json_patches_follow_the_examples_of_their_rfc(String target, String patch, String result) {
        assertThat(JsonPatch.apply(object(target), tree(patch))).isEqualTo(tree(result));
    }

    /** Source: the answers of Kubernetes 1.34. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {foo: bar} | [{op: replace, path: /baz, value: qux}] | {foo: bar, baz: qux}
        {foo: bar} | [{op: test, path: /baz, value: null}] | {foo: bar}
        {foo: [a, b, c]} | [{op: remove, path: /foo/-1}] | {foo: [a, b]}
        {foo: [a, b]} | [{op: add, path: /foo/-1, value: c}] | {foo: [a, b, c]}
        {foo: [a, b]} | [{op: replace, path: /foo/-1, value: c}] | {foo: [a, c]}
        """)
    void json_patches_take_what_an_api_server_takes_beyond_their_rfc(String target, String patch, String result) {
        assertThat(JsonPatch.apply(object(target), tree(patch))).isEqualTo(tree(result));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [{op: test, path: /foo, value: other}] | 422
        [{op: remove, path: /absent}] | 422
        [{op: remove, path: ''}] | 422
        [{op: move, from: '', path: /foo}] | 422
        [{op: replace, path: /absent/deeper, value: 1}] | 422
        [{op: test, path: /absent/deeper, value: null}] | 422
        [{op: remove, path: /list/-2}] | 422
        [{op: add, path: /list/5, value: 1}] | 422
        [{op: add, path: /a/b/c, value: 1}] | 422
        [{op: dance, path: /foo}] | 422
        {op: add} | 400
        """)
    void a_json_patch_that_cannot_be_done_is_refused(String patch, int code) {
        assertThatThrownBy(() -> JsonPatch.apply(object("{foo: bar, list: [1]}"), tree(patch)))
                .isInstanceOfSatisfying(StatusException.class, refused -> assertThat(refused.code())
                        .isEqualTo(code));
    }

    @Test
    void a_patch_keeps_what_it_does_not_name() {
        assertThat(JsonPatch.apply(object("{a: 1}"), tree("[]"))).isEqualTo(tree("{a: 1}"));
    }
}
