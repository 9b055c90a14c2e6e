/** What travels on the control topics: requests, candidates, audits, deployments, the ledger. */
@NullMarked
package dev.weir.contracts.control;

import org.jspecify.annotations.NullMarked;
