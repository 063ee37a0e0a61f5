/** The audit writer as a verticle, and what an operator sets about it. */
@NullMarked
package com.keeptrusts.gateway.audit;

import org.jspecify.annotations.NullMarked;
