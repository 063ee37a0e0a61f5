/** What an acknowledgement of the ledger costs, beside the bare flush of the same disk. */
@NullMarked
package com.keeptrusts.gateway.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
