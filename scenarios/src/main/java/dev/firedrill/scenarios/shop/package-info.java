/** The fixtures as a system under drill: a shop of notifications with a dashboard, an api, an ingress and a monitor. */
@NullMarked
package dev.firedrill.scenarios.shop;

import org.jspecify.annotations.NullMarked;
