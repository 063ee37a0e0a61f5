/** What retention costs: bytes, files, memory and time of a log of many entries, and of pruning it. */
@NullMarked
package com.keeptrusts.gateway.benchmarks.retention;

import org.jspecify.annotations.NullMarked;
