/** Reads objects that clients send as Protobuf; answers are always JSON, which those clients take too. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
