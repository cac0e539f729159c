/** Programs that are configured wrongly, while all else is well. */
@NullMarked
package dev.firedrill.scenarios.configuration;

import org.jspecify.annotations.NullMarked;
