/**
 * HTTP in, the request's journey, HTTP out. The ingress conducts: it owns the request, its deadline and its body, and
 * asks policy workers, a provider worker and an audit writer in turn.
 */
@NullMarked
package com.keeptrusts.gateway.ingress;

import org.jspecify.annotations.NullMarked;
