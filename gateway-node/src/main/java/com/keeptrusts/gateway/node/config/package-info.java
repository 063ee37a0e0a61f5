/** policy-config.yaml: read strictly, layered, checked as a whole, named by its digest. */
@NullMarked
package com.keeptrusts.gateway.node.config;

import org.jspecify.annotations.NullMarked;
