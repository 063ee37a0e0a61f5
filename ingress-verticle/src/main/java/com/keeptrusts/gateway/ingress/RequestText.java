package com.keeptrusts.gateway.ingress;

import com.keeptrusts.gateway.contract.TextPart;

/** A text of a request body, and where its JSON literal stands there, quotes included. */
record RequestText(TextPart part, int start, int end) {}
