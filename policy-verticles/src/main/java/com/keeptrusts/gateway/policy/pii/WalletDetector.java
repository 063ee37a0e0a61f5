package com.keeptrusts.gateway.policy.pii;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** Finds addresses of crypto currencies whose checksum is right, and those of Ethereum by their form. */
final class WalletDetector implements Detector {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String RIPPLE58 = "rpshnaf39wBUDNEGHJKLM4PQRST7VWXYZ2bcdeCg65jkm8oFqi1tuvAxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATORS = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int MODIFIED = 0x2bc830a3;
    private static final int CHECKSUM = 4;

    @Override
    public void look(Block block, Candidates found) {
        for (int group = 0; group < block.groups(); group++) {
            int length = block.groupLength(group);
            if (block.groupKind(group) == Block.MIXED && Chars.within(length, 26, 108)) {
                int start = block.groupStart(group);
                found.add(
                        PiiType.CRYPTO_WALLET, start, block.groupEnd(group), score(block.slice(start, start + length)));
            }
        }
    }

    private static double score(String word) {
        if (word.startsWith("0x") || word.startsWith("0X")) {
            return word.length() == 42 && hex(word, 2) ? 0.9 : 0;
        }
        int separator = word.lastIndexOf('1');
        boolean separated = Chars.within(separator, 2, 10) && word.length() - separator > 30;
        if (separated && bech32(word, separator)) {
            return 0.97;
        }
        if (word.length() > 35) {
            return 0;
        }
        boolean ripple = word.charAt(0) == 'r' && base58(word, RIPPLE58);
        return ripple || ("123LMDTtmnA9".indexOf(word.charAt(0)) >= 0 && base58(word, BASE58)) ? 0.97 : 0;
    }

    private static boolean hex(String word, int from) {
        for (int i = from; i < word.length(); i++) {
            if (!Chars.hex(word.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** Version, hash and the first four bytes of the hash of both. */
    private static boolean base58(String word, String alphabet) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < word.length(); i++) {
            int digit = alphabet.indexOf(word.charAt(i));
            if (digit < 0) {
                return false;
            }
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] value = number.toByteArray();
        byte[] payload = new byte[25];
        int from = value.length > 25 && value[0] == 0 ? 1 : 0;
        if (value.length - from > payload.length) {
            return false;
        }
        System.arraycopy(value, from, payload, payload.length - (value.length - from), value.length - from);
        byte[] hash = sha256(sha256(Arrays.copyOf(payload, payload.length - CHECKSUM)));
        return Arrays.equals(hash, 0, CHECKSUM, payload, payload.length - CHECKSUM, payload.length);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256: missing (expected: every Java platform has it)", e);
        }
    }

    private static boolean bech32(String word, int separator) {
        String folded = word.toLowerCase(Locale.ROOT);
        if (!folded.equals(word) && !word.equals(word.toUpperCase(Locale.ROOT))) {
            return false;
        }
        int sum = 1;
        for (int i = 0; i < separator; i++) {
            sum = polymod(sum, folded.charAt(i) >> 5);
        }
        sum = polymod(sum, 0);
        for (int i = 0; i < folded.length(); i++) {
            int value = i < separator ? folded.charAt(i) & 31 : i == separator ? -2 : BECH32.indexOf(folded.charAt(i));
            if (value == -1) {
                return false;
            }
            sum = value == -2 ? sum : polymod(sum, value);
        }
        return sum == 1 || sum == MODIFIED;
    }

    private static int polymod(int sum, int value) {
        int top = sum >>> 25;
        int next = (sum & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < GENERATORS.length; i++) {
            next ^= (top >> i & 1) == 0 ? 0 : GENERATORS[i];
        }
        return next;
    }
}
