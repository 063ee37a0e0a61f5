/** How many workers a policy kind needs by what they say of themselves, and local processes that are those workers. */
@NullMarked
package com.keeptrusts.gateway.node.scaling;

import org.jspecify.annotations.NullMarked;
