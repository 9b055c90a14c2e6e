/** What people read of an audit: a page and a model card, stored with the version. */
@NullMarked
package dev.weir.auditor.report;

import org.jspecify.annotations.NullMarked;
