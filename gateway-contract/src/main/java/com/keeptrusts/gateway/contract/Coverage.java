package com.keeptrusts.gateway.contract;

/** How much a policy read: texts and UTF-16 characters offered to it, and those it really scanned. */
public record Coverage(int textsOffered, int textsScanned, long charactersOffered, long charactersScanned) {}
