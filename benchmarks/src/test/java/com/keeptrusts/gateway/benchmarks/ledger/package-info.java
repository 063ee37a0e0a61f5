@NullMarked
package com.keeptrusts.gateway.benchmarks.ledger;

import org.jspecify.annotations.NullMarked;
