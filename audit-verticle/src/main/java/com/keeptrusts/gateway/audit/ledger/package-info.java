/** One writer's log on disk: append, publish, sign, recover. */
@NullMarked
package com.keeptrusts.gateway.audit.ledger;

import org.jspecify.annotations.NullMarked;
