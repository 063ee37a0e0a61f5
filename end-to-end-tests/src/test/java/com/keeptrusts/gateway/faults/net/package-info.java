/** Several hosts on one machine, and what can happen to the wires between them. Needs root and Linux. */
@NullMarked
package com.keeptrusts.gateway.faults.net;

import org.jspecify.annotations.NullMarked;
