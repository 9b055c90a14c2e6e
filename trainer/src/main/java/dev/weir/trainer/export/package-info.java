/** From trained weights to an ONNX file with the preprocessing inside. */
@NullMarked
package dev.weir.trainer.export;

import org.jspecify.annotations.NullMarked;
