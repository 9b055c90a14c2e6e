/** What a trained model is: an ONNX file and the manifest that binds it. */
@NullMarked
package dev.weir.model.artifact;

import org.jspecify.annotations.NullMarked;
