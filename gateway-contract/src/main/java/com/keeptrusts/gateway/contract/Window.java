package com.keeptrusts.gateway.contract;

/** How much a provider may send ahead of the client's reading. */
public record Window(int frames, int bytes) {

    public static final Window INITIAL = new Window(64, 256 * 1024);
}
