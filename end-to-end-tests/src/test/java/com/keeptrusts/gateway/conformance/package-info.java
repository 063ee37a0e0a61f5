/**
 * The conformance suite: every row of the wire contract (R1 to R26, S1 to S20, E1 to E25) as a test whose name begins with
 * the row's id, over real sockets through the whole gateway. docs/conformance.md is the table of what they gave.
 */
@NullMarked
package com.keeptrusts.gateway.conformance;

import org.jspecify.annotations.NullMarked;
