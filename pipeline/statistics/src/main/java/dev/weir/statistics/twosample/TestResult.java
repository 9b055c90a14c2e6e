package dev.weir.statistics.twosample;

/**
 * What a test of "both samples have one distribution" found.
 *
 * @param statistic the statistic, ≥ 0
 * @param pValue the chance of a statistic this large or larger without a difference, in [0, 1]
 */
public record TestResult(double statistic, double pValue) {}
