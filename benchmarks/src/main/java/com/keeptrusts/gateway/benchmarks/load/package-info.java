/** A load generator for chat completions that is cheaper than anything it measures. Knows nobody. */
@NullMarked
package com.keeptrusts.gateway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
