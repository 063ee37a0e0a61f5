/** Runs an operator's classifier with ONNX Runtime. */
@NullMarked
package com.keeptrusts.gateway.policy.onnx;

import org.jspecify.annotations.NullMarked;
