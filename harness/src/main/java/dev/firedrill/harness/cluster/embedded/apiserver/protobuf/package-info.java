/** Objects as Protobuf: read from whoever sends them so, and written for whoever takes nothing else. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.apiserver.protobuf;

import org.jspecify.annotations.NullMarked;
