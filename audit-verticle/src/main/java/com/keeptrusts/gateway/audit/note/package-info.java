/** C2SP signed notes and checkpoints, with Ed25519 keys of the JDK. */
@NullMarked
package com.keeptrusts.gateway.audit.note;

import org.jspecify.annotations.NullMarked;
