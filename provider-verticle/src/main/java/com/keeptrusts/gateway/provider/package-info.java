/** The provider worker: takes model calls from the bus, chooses targets, calls them, and sends their answers back. */
@NullMarked
package com.keeptrusts.gateway.provider;

import org.jspecify.annotations.NullMarked;
