@NullMarked
package com.keeptrusts.gateway.audit;

import org.jspecify.annotations.NullMarked;
