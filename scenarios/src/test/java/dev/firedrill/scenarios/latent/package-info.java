/** Mistakes that lie unseen until something else happens. */
@NullMarked
package dev.firedrill.scenarios.latent;

import org.jspecify.annotations.NullMarked;
