/** How it goes wrong: failures by request or by rule, and the transport that can break a connection. */
@NullMarked
package com.keeptrusts.gateway.simulator.fault;

import org.jspecify.annotations.NullMarked;
