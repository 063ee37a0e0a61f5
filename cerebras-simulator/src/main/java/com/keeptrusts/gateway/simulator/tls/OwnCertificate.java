package com.keeptrusts.gateway.simulator.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.keeptrusts.gateway.simulator.Tls;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * A fresh key, its certificate, and the authority that signed it and that clients are to trust. (A client that trusted the certificate
 * itself would not look at its dates.) Exists for the life of one simulator and is never stored.
 */
public record OwnCertificate(String keyPem, String certificatePem, String authorityPem) {

    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid(1, 2, 840, 10045, 4, 3, 2));
    private static final byte[] COMMON_NAME = Der.oid(2, 5, 4, 3);
    private static final byte[] SUBJECT_ALTERNATIVE_NAME = Der.oid(2, 5, 29, 17);
    private static final byte[] BASIC_CONSTRAINTS = Der.oid(2, 5, 29, 19);
    private static final byte[] AUTHORITY = name("simulator authority");
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final Duration VALID = Duration.ofDays(30);

    /** With the flaw that the mode asks for; nothing at all without TLS. */
    public static OwnCertificate of(Tls mode) {
        if (mode == Tls.OFF) {
            return new OwnCertificate("", "", "");
        }
        try {
            KeyPair authority = newKeys();
            KeyPair own = newKeys();
            Instant end = Instant.now().plus(VALID);
            Instant ownEnd = mode == Tls.EXPIRED ? Instant.now().minus(Duration.ofDays(1)) : end;
            byte[] isAuthority = Der.sequence(BASIC_CONSTRAINTS, Der.octets(Der.sequence(Der.yes())));
            byte[] hosts = Der.sequence(SUBJECT_ALTERNATIVE_NAME, Der.octets(hosts(mode == Tls.WRONG_NAME)));
            return new OwnCertificate(
                    pem("PRIVATE KEY", own.getPrivate().getEncoded()),
                    pem("CERTIFICATE", signed(body(own, name("simulator"), ownEnd, hosts), authority.getPrivate())),
                    pem("CERTIFICATE", signed(body(authority, AUTHORITY, end, isAuthority), authority.getPrivate())));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no certificate could be made", e);
        }
    }

    private static KeyPair newKeys() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    private static byte[] name(String common) {
        return Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.utf8(common))));
    }

    private static byte[] hosts(boolean wrong) {
        return wrong
                ? Der.sequence(Der.tagged(DNS_NAME, "elsewhere.invalid".getBytes(US_ASCII)))
                : Der.sequence(
                        Der.tagged(DNS_NAME, "localhost".getBytes(US_ASCII)),
                        Der.tagged(IP_ADDRESS, new byte[] {127, 0, 0, 1}));
    }

    private static byte[] body(KeyPair keys, byte[] subject, Instant end, byte[] extension) {
        return Der.sequence(
                Der.tagged(0xA0, Der.integer(2)), // version 3
                Der.integer(end.toEpochMilli()),
                ECDSA_WITH_SHA256,
                AUTHORITY,
                Der.sequence(Der.time(end.minus(VALID.multipliedBy(2))), Der.time(end)),
                subject,
                keys.getPublic().getEncoded(),
                Der.tagged(0xA3, Der.sequence(extension)));
    }

    private static byte[] signed(byte[] body, PrivateKey key) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(key);
        signature.update(body);
        return Der.sequence(body, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
    }

    private static String pem(String what, byte[] content) {
        String lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    @Override
    public String toString() {
        return "OwnCertificate";
    }
}
