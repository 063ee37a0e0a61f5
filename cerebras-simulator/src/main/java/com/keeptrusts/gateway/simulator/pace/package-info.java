/** When it is said: a virtual clock for each stream, driven by one tick for each event loop. */
@NullMarked
package com.keeptrusts.gateway.simulator.pace;

import org.jspecify.annotations.NullMarked;
