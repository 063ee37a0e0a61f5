@NullMarked
package com.keeptrusts.gateway.audit.index;

import org.jspecify.annotations.NullMarked;
