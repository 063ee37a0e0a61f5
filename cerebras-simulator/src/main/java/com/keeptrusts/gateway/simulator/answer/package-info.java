/** What the model says: its words, its usage, and the bytes of either dialect. */
@NullMarked
package com.keeptrusts.gateway.simulator.answer;

import org.jspecify.annotations.NullMarked;
