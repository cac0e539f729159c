@NullMarked
package dev.firedrill.harness.cluster.embedded.controllers;

import org.jspecify.annotations.NullMarked;
