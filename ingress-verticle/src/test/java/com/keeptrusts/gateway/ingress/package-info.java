/** The ingress against workers that answer on the real bus, and clients on real sockets. */
@NullMarked
package com.keeptrusts.gateway.ingress;

import org.jspecify.annotations.NullMarked;
