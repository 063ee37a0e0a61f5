/** Journeys through the running gateway: real processes, real HTTP, a real cluster, real clients. */
@NullMarked
package com.keeptrusts.gateway.journeys;

import org.jspecify.annotations.NullMarked;
