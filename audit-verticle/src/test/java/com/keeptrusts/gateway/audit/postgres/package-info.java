@NullMarked
package com.keeptrusts.gateway.audit.postgres;

import org.jspecify.annotations.NullMarked;
