/** The demo's input: one month of US flights, as features at departure and labels at arrival. */
@NullMarked
package dev.weir.app.flights;

import org.jspecify.annotations.NullMarked;
