package com.keeptrusts.gateway.json;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * Notices a member name that an object already has, by what the names mean. Few names are compared with each other,
 * many go into one table for the whole document; the hash is keyed, so that no sender can make names collide.
 */
final class MemberNames {

    /** Up to so many members, comparing hashes along the tape is cheaper than a table. */
    private static final int FEW = 16;

    private static final VarHandle WORDS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED;
    private static final long FACTOR;

    static {
        var random = new SecureRandom();
        SEED = random.nextLong();
        FACTOR = random.nextLong() | 1;
    }

    private final byte[] bytes;
    private final Tape tape;

    /** Pairs of a name's entry plus one and its object's entry, in open addressing; empty until needed. */
    private int[] table = {};

    private int used;

    MemberNames(byte[] bytes, Tape tape) {
        this.bytes = bytes;
        this.tape = tape;
    }

    /** The hash of the name in a literal, of the width of a payload. */
    int hash(int start, int end, boolean escaped) {
        if (escaped) {
            byte[] name = StringLiteral.decode(bytes, start, end, true);
            return hash(name, 0, name.length);
        }
        return hash(bytes, start + 1, end - 1);
    }

    /** Whether an earlier member of the object has this name; {@code earlier} is how many there are. */
    boolean isDuplicate(int object, int name, int earlier) {
        if (earlier < FEW) {
            for (int other = object + 1; other < name; other = tape.after(other + 1)) {
                if (isSame(other, name)) {
                    return true;
                }
            }
            return false;
        }
        if (earlier == FEW) {
            for (int other = object + 1; other < name; other = tape.after(other + 1)) {
                isInTable(object, other);
            }
        }
        return isInTable(object, name);
    }

    private boolean isInTable(int object, int name) {
        if (4 * used >= table.length) {
            grow();
        }
        int slot = slot(object, name);
        while (table[slot] != 0) {
            if (table[slot + 1] == object && isSame(table[slot] - 1, name)) {
                return true;
            }
            slot = (slot + 2) & (table.length - 1);
        }
        table[slot] = name + 1;
        table[slot + 1] = object;
        used++;
        return false;
    }

    private void grow() {
        int[] old = table;
        table = new int[Math.max(256, 2 * old.length)];
        for (int i = 0; i < old.length; i += 2) {
            if (old[i] != 0) {
                int slot = slot(old[i + 1], old[i] - 1);
                while (table[slot] != 0) {
                    slot = (slot + 2) & (table.length - 1);
                }
                table[slot] = old[i];
                table[slot + 1] = old[i + 1];
            }
        }
    }

    private int slot(int object, int name) {
        return (int) mix(tape.payload(name) + ((long) object << 32)) & (table.length - 2);
    }

    private boolean isSame(int left, int right) {
        if (tape.payload(left) != tape.payload(right)) {
            return false;
        }
        return (tape.isEscaped(left) || tape.isEscaped(right))
                ? Arrays.equals(decoded(left), decoded(right))
                : Arrays.equals(bytes, tape.start(left), tape.end(left), bytes, tape.start(right), tape.end(right));
    }

    private byte[] decoded(int name) {
        return StringLiteral.decode(bytes, tape.start(name), tape.end(name), tape.isEscaped(name));
    }

    private static int hash(byte[] bytes, int from, int to) {
        long hash = SEED + to - from;
        int at = from;
        for (; at + Long.BYTES <= to; at += Long.BYTES) {
            hash = mix(hash ^ (long) WORDS.get(bytes, at));
        }
        long tail = 0;
        for (; at < to; at++) {
            tail = (tail << 8) | (bytes[at] & 0xFF);
        }
        return (int) mix(hash ^ tail) & Tape.PAYLOAD_MASK;
    }

    /** Both halves of the product with a secret factor: its collisions cannot be found without the secret. */
    private static long mix(long value) {
        return (value * FACTOR) ^ Math.unsignedMultiplyHigh(value, FACTOR);
    }
}
