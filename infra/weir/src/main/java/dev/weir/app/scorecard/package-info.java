/** How soon drift detectors see seeded changes, and how often they cry wolf. */
@NullMarked
package dev.weir.app.scorecard;

import org.jspecify.annotations.NullMarked;
