/** Networks of dense layers in double precision, as read from an ONNX file's weights. */
@NullMarked
package dev.weir.model.network;

import org.jspecify.annotations.NullMarked;
