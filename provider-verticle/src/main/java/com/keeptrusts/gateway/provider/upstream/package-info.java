/** One HTTP exchange with a target, and what its failures mean. */
@NullMarked
package com.keeptrusts.gateway.provider.upstream;

import org.jspecify.annotations.NullMarked;
