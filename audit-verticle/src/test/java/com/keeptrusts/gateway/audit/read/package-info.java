@NullMarked
package com.keeptrusts.gateway.audit.read;

import org.jspecify.annotations.NullMarked;
