/** What selective labels leave open: rows whose label the model's own decision prevented. */
@NullMarked
package dev.weir.auditor.selective;

import org.jspecify.annotations.NullMarked;
