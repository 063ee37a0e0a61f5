/**
 * Places outside of the cluster that keep checkpoints, so that not even who owns every node can change what was said: a
 * witness over HTTP (C2SP tlog-witness), a git repository, an S3 bucket with Object Lock.
 */
@NullMarked
package com.keeptrusts.gateway.audit.anchor;

import org.jspecify.annotations.NullMarked;
