/** The topics of Weir and the offset ranges that name a data set. */
@NullMarked
package dev.weir.contracts.topic;

import org.jspecify.annotations.NullMarked;
