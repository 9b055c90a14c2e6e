/** The Open Inference Protocol and the raw-event form, over HTTP. */
@NullMarked
package dev.weir.serving.rest;

import org.jspecify.annotations.NullMarked;
