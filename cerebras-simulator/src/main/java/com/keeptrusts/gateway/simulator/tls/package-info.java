/** A certificate of one's own, good or flawed. */
@NullMarked
package com.keeptrusts.gateway.simulator.tls;

import org.jspecify.annotations.NullMarked;
