/** How long entries stay: pruning by whole bundles, legal holds, and who may ask for which. Blocks; no Vert.x. */
@NullMarked
package com.keeptrusts.gateway.audit.retention;

import org.jspecify.annotations.NullMarked;
