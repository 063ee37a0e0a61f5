/** Answers replayed byte by byte. */
@NullMarked
package com.keeptrusts.gateway.simulator.script;

import org.jspecify.annotations.NullMarked;
