/** What was seen: requests, connections, cancelled streams, and the simulator's own lag. */
@NullMarked
package com.keeptrusts.gateway.simulator.observe;

import org.jspecify.annotations.NullMarked;
