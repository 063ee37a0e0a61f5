/** {@code prompt-injection}: stops texts that try to take over the model or to draw out its instructions. */
@NullMarked
package com.keeptrusts.gateway.policy.injection;

import org.jspecify.annotations.NullMarked;
