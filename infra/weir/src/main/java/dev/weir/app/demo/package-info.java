/** The demo's script, its terminal story and its report. */
@NullMarked
package dev.weir.app.demo;

import org.jspecify.annotations.NullMarked;
