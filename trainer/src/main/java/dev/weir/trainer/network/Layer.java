package dev.weir.trainer.network;

/**
 * One affine layer with batch normalization folded in: {@code y = x Wᵀ + b}.
 *
 * @param weight shape [out · in], row after row; not copied
 * @param bias shape [out]; not copied
 * @param in inputs
 * @param out outputs
 */
@SuppressWarnings("ArrayRecordComponent")
public record Layer(float[] weight, float[] bias, int in, int out) {}
