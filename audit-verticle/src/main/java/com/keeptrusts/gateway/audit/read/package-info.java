/** What the command line reads: entries, events, verification. No Vert.x. */
@NullMarked
package com.keeptrusts.gateway.audit.read;

import org.jspecify.annotations.NullMarked;
