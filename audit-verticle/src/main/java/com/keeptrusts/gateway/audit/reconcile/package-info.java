/** What becomes of requests that a writer left open when its node died: the others know of them and record their end. */
@NullMarked
package com.keeptrusts.gateway.audit.reconcile;

import org.jspecify.annotations.NullMarked;
