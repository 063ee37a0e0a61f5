/** Policies: what one is, the worker verticle that runs it, and one package for each kind. */
@NullMarked
package com.keeptrusts.gateway.policy;

import org.jspecify.annotations.NullMarked;
