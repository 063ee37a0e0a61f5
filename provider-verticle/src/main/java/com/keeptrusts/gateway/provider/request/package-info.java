/** What a target is sent: the client's bytes with as few of them changed as the target demands. */
@NullMarked
package com.keeptrusts.gateway.provider.request;

import org.jspecify.annotations.NullMarked;
