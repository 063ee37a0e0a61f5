/** HTTP: the endpoints of the service that is played, and the endpoints that control the simulator. */
@NullMarked
package com.keeptrusts.gateway.simulator.server;

import org.jspecify.annotations.NullMarked;
