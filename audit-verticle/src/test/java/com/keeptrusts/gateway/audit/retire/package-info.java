@NullMarked
package com.keeptrusts.gateway.audit.retire;

import org.jspecify.annotations.NullMarked;
