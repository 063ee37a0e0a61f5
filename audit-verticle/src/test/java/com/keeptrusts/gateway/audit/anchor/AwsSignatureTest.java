package com.keeptrusts.gateway.audit.anchor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The examples that AWS publishes for S3 under "Transferring Payload in a Single Chunk". */
class AwsSignatureTest {

    private static final String EMPTY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    private final AwsSignature signature =
            new AwsSignature("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "us-east-1");

    @Test
    void theExampleOfPuttingAnObject() {
        String hash = AwsSignature.sha256("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));

        String authorization = signature.authorization(
                "PUT",
                "/test%24file.text",
                headers(
                        hash,
                        Map.of("date", "Fri, 24 May 2013 00:00:00 GMT", "x-amz-storage-class", "REDUCED_REDUNDANCY")));

        assertThat(hash).isEqualTo("44ce7dd67c959e0d3524ffac1771dfbba87d2b6b4b4e99e42034a8b803f8b072");
        assertThat(authorization)
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request, "
                        + "SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, "
                        + "Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void theExampleOfGettingAnObject() {
        assertThat(signature.authorization("GET", "/test.txt", headers(EMPTY, Map.of("range", "bytes=0-9"))))
                .endsWith("Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void theSecretIsNotPrinted() {
        assertThat(signature).hasToString("AwsSignature[AKIAIOSFODNN7EXAMPLE]");
    }

    private static Map<String, String> headers(String hash, Map<String, String> more) {
        var headers = new HashMap<>(more);
        headers.put("host", "examplebucket.s3.amazonaws.com");
        headers.put("x-amz-date", AwsSignature.time(Instant.parse("2013-05-24T00:00:00Z")));
        headers.put("x-amz-content-sha256", hash);
        return headers;
    }
}
