/** One training job: a child process that trains a network and writes it as ONNX. */
@NullMarked
package dev.weir.trainer.job;

import org.jspecify.annotations.NullMarked;
