/** Scoring of rows with ONNX Runtime. */
@NullMarked
package dev.weir.model.scoring;

import org.jspecify.annotations.NullMarked;
