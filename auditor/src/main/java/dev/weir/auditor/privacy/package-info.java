/** What a model's scores give away of its training rows. */
@NullMarked
package dev.weir.auditor.privacy;

import org.jspecify.annotations.NullMarked;
