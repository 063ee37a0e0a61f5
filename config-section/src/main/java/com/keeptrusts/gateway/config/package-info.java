/** Strict reading of one section of the configuration: every mistake is named with its path, none is defaulted away. */
@NullMarked
package com.keeptrusts.gateway.config;

import org.jspecify.annotations.NullMarked;
