/** Finds personal data and secrets in texts, whole or streamed, and replaces them by markers. */
@NullMarked
package com.keeptrusts.gateway.policy.pii;

import org.jspecify.annotations.NullMarked;
