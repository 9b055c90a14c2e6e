package dev.weir.bench;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a place that may write to standard output. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface WritesToTerminal {}
