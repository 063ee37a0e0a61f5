/** JSON by byte offsets: what stands where, changed without touching anything else. */
@NullMarked
package com.keeptrusts.gateway.json;

import org.jspecify.annotations.NullMarked;
