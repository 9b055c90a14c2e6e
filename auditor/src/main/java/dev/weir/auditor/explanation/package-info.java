/** What an audit says of how a model can be explained. */
@NullMarked
package dev.weir.auditor.explanation;

import org.jspecify.annotations.NullMarked;
