/** What a version saw when it was trained: the profile that monitors compare live rows with. */
@NullMarked
package dev.weir.contracts.reference;

import org.jspecify.annotations.NullMarked;
