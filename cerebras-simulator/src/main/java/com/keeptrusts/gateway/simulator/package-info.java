/** The Cerebras simulator: an upstream for development, tests, demos and benchmarks. */
@NullMarked
package com.keeptrusts.gateway.simulator;

import org.jspecify.annotations.NullMarked;
