/** One process of the gateway: its configuration, its cluster, and which roles it plays. */
@NullMarked
package com.keeptrusts.gateway.node;

import org.jspecify.annotations.NullMarked;
