/** What it costs that every worker of a cluster tells every node each second that it is there. */
@NullMarked
package com.keeptrusts.gateway.benchmarks.presence;

import org.jspecify.annotations.NullMarked;
