@NullMarked
package com.keeptrusts.gateway.simulator;

import org.jspecify.annotations.NullMarked;
