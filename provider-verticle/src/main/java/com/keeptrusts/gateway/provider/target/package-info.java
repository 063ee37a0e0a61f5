/** What is known about the targets while they work: how busy, how quick, how healthy; and in which order to try them. */
@NullMarked
package com.keeptrusts.gateway.provider.target;

import org.jspecify.annotations.NullMarked;
