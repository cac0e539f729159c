/** What a request does to objects: create, update, patch, delete, and the sub-resources. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.verbs;

import org.jspecify.annotations.NullMarked;
