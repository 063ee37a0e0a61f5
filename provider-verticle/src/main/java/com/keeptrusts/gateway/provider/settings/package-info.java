/** What the {@code providers} and {@code model_aliases} sections say, and what is known about providers without them. */
@NullMarked
package com.keeptrusts.gateway.provider.settings;

import org.jspecify.annotations.NullMarked;
