/** Measures the budgets of docs/budgets.md: the gateway beside nginx and a bare proxy, in one interleaved run. */
@NullMarked
package com.keeptrusts.gateway.benchmarks;

import org.jspecify.annotations.NullMarked;
