/** One configuration on all nodes: proposed to each, run by all or by none, and caught up with by who missed it. */
@NullMarked
package com.keeptrusts.gateway.node.reload;

import org.jspecify.annotations.NullMarked;
