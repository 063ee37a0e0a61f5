package com.keeptrusts.gateway.simulator.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The few ASN.1 types that a certificate is made of, in their distinguished encoding. */
final class Der {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(0x30, join(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(0x31, join(parts));
    }

    static byte[] integer(long value) {
        return tagged(0x02, BigInteger.valueOf(value).toByteArray());
    }

    static byte[] yes() {
        return new byte[] {0x01, 1, (byte) 0xFF};
    }

    static byte[] utf8(String text) {
        return tagged(0x0C, text.getBytes(UTF_8));
    }

    static byte[] time(Instant time) {
        return tagged(0x18, UTC.format(time).getBytes(US_ASCII));
    }

    static byte[] octets(byte[] content) {
        return tagged(0x04, content);
    }

    static byte[] bits(byte[] content) {
        return tagged(0x03, join(new byte[] {0}, content));
    }

    /** A dotted object identifier; its first two numbers share one byte. */
    static byte[] oid(int... numbers) {
        var content = new ByteArrayOutputStream();
        content.write(numbers[0] * 40 + numbers[1]);
        for (int at = 2; at < numbers.length; at++) {
            int number = numbers[at];
            for (int shift = 28; shift > 0; shift -= 7) {
                if (number >>> shift != 0) {
                    content.write(0x80 | ((number >>> shift) & 0x7F));
                }
            }
            content.write(number & 0x7F);
        }
        return tagged(0x06, content.toByteArray());
    }

    static byte[] tagged(int tag, byte[] content) {
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length < 0x80) {
            out.write(content.length);
        } else {
            byte[] length = BigInteger.valueOf(content.length).toByteArray();
            int from = length[0] == 0 ? 1 : 0;
            out.write(0x80 | (length.length - from));
            out.write(length, from, length.length - from);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
