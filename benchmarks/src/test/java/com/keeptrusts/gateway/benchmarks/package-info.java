@NullMarked
package com.keeptrusts.gateway.benchmarks;

import org.jspecify.annotations.NullMarked;
