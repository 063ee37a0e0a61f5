@NullMarked
package com.keeptrusts.gateway.json;

import org.jspecify.annotations.NullMarked;
