/** How either service says no. */
@NullMarked
package com.keeptrusts.gateway.simulator.refusal;

import org.jspecify.annotations.NullMarked;
