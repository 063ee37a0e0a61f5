/** Texts as a reader sees them: normalised shadows with a map back, and what disguised parts of a text say. */
@NullMarked
package com.keeptrusts.gateway.policy.text;

import org.jspecify.annotations.NullMarked;
