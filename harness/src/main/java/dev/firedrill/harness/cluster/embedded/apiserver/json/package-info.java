/** JSON trees and their bytes: a reader that notices duplicates, a writer, YAML. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.json;

import org.jspecify.annotations.NullMarked;
