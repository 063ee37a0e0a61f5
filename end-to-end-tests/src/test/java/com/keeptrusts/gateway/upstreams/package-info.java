/** Whatever a target may do to a call, and what the client of the whole gateway then sees. */
@NullMarked
package com.keeptrusts.gateway.upstreams;

import org.jspecify.annotations.NullMarked;
