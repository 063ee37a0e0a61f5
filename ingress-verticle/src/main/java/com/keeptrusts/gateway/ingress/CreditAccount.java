package com.keeptrusts.gateway.ingress;

/** What was received of a stream and not yet credited. Small credits are saved up: each is a message. */
final class CreditAccount {

    private static final int FRAMES = 16;
    private static final int BYTES = 64 * 1024;

    private int frames;
    private int bytes;

    void owe(int frameBytes) {
        frames++;
        bytes += frameBytes;
    }

    void payTo(Completion call) {
        if (frames >= FRAMES || bytes >= BYTES) {
            call.credit(frames, bytes);
            frames = 0;
            bytes = 0;
        }
    }
}
