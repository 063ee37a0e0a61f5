/** How much may be asked: quotas over aligned windows, with reservation and refund. */
@NullMarked
package com.keeptrusts.gateway.simulator.limit;

import org.jspecify.annotations.NullMarked;
