/** Small model files in ONNX. */
@NullMarked
package dev.weir.testkit.onnx;

import org.jspecify.annotations.NullMarked;
