/** What a caller asked for: options, the closed schema of the service, and the request as it was understood. */
@NullMarked
package com.keeptrusts.gateway.simulator.request;

import org.jspecify.annotations.NullMarked;
