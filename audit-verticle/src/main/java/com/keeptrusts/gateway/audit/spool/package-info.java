/** Where a node keeps its entries while no writer takes them. */
@NullMarked
package com.keeptrusts.gateway.audit.spool;

import org.jspecify.annotations.NullMarked;
