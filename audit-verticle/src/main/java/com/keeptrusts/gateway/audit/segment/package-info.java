/** Append-only segment files in which acknowledged means flushed. */
@NullMarked
package com.keeptrusts.gateway.audit.segment;

import org.jspecify.annotations.NullMarked;
