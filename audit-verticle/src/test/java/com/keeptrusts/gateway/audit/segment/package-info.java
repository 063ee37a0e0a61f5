@NullMarked
package com.keeptrusts.gateway.audit.segment;

import org.jspecify.annotations.NullMarked;
