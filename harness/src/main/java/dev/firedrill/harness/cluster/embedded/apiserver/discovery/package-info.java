/** What the server says about itself: groups, resources, OpenAPI. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.discovery;

import org.jspecify.annotations.NullMarked;
