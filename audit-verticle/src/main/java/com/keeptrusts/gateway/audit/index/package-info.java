/**
 * What makes look-ups in a log fast: derived from its signed entries, rebuilt whenever it is missing or damaged, and
 * never believed by verification.
 */
@NullMarked
package com.keeptrusts.gateway.audit.index;

import org.jspecify.annotations.NullMarked;
