/** A kubelet whose pods are child processes. It talks to the Kubernetes API alone and imports no other room. */
@NullMarked
package dev.firedrill.harness.cluster.embedded.kubelet;

import org.jspecify.annotations.NullMarked;
