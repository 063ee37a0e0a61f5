/** Server-sent events as bytes: where one ends, what it says, and where its texts stand. */
@NullMarked
package com.keeptrusts.gateway.provider.sse;

import org.jspecify.annotations.NullMarked;
