/**
 * The catalogue of the event bus: every record that crosses it, the addresses they go to, and the one codec that carries
 * them between nodes. Local receivers share the sender's instance, so everything here is immutable.
 */
@NullMarked
package com.keeptrusts.gateway.contract;

import org.jspecify.annotations.NullMarked;
