/** Faults of the network between a client and a Service, by a Toxiproxy that is put between them. */
@NullMarked
package dev.firedrill.harness.fault.network;

import org.jspecify.annotations.NullMarked;
