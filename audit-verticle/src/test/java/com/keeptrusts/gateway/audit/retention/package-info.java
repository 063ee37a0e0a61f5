@NullMarked
package com.keeptrusts.gateway.audit.retention;

import org.jspecify.annotations.NullMarked;
