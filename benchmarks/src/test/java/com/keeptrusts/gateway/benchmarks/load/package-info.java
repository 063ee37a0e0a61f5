@NullMarked
package com.keeptrusts.gateway.benchmarks.load;

import org.jspecify.annotations.NullMarked;
