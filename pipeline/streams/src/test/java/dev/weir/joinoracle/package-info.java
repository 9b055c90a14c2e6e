/** What the join is compared with. */
package dev.weir.joinoracle;
