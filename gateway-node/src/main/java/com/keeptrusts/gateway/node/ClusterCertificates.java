package com.keeptrusts.gateway.node;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A certificate authority for the event bus of one cluster, and a certificate for each node. The JDK's keytool signs;
 * the files are PEM, by the names that Kubernetes gives them. An authority that is there already is used again.
 */
public final class ClusterCertificates {

    private static final String CA_KEY = "ca.key";
    private static final String STORE = "store.p12";
    private static final int DAYS = 825;
    private static final int CA_DAYS = 3_650;
    private static final long LIMIT_SECONDS = 60;

    private final Path directory;
    private final String password = UUID.randomUUID().toString(); // of a store that is deleted at the end

    /** Works in a directory, which is created when it is not there. */
    public ClusterCertificates(Path directory) {
        this.directory = directory;
    }

    /**
     * Writes {@code <name>/ca.crt}, {@code tls.crt} and {@code tls.key} for each name, replacing what a name had.
     *
     * @return the directories, for {@code --cluster-tls}
     */
    public List<Path> issue(List<String> names) throws IOException, InterruptedException {
        for (String name : names) {
            if (!name.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,62})")) {
                throw new IllegalArgumentException(
                        "node name: '" + name + "' (expected: letters, digits, dots and dashes)");
            }
        }
        Files.createDirectories(directory);
        Path work = Files.createTempDirectory(directory, ".issue");
        try {
            authority(work);
            var issued = new ArrayList<Path>();
            for (String name : names) {
                issued.add(issue(work, name));
            }
            return issued;
        } catch (GeneralSecurityException e) {
            throw new IOException(directory + ": certificates could not be made: " + e.getMessage(), e);
        } finally {
            for (String file : List.of(STORE, "request.csr", "signed.crt")) {
                Files.deleteIfExists(work.resolve(file));
            }
            Files.delete(work);
        }
    }

    private void authority(Path work) throws IOException, InterruptedException, GeneralSecurityException {
        if (Files.exists(directory.resolve(CA_KEY))) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            Certificate[] chain = {certificate(directory.resolve(BusTls.CA))};
            store.setKeyEntry("ca", privateKey(directory.resolve(CA_KEY)), password.toCharArray(), chain);
            try (var out = Files.newOutputStream(work.resolve(STORE))) {
                store.store(out, password.toCharArray());
            }
            return;
        }
        keytool(
                work,
                List.of("-genkeypair", "-alias", "ca", "-dname", "CN=Keeptrusts event bus CA " + UUID.randomUUID()),
                List.of("-keyalg", "EC", "-groupname", "secp256r1", "-validity", String.valueOf(CA_DAYS)),
                List.of("-ext", "bc:c=ca:true,pathlen:0", "-ext", "ku:c=keyCertSign,cRLSign"));
        KeyStore store = store(work);
        write(
                directory.resolve(BusTls.CA),
                pem("CERTIFICATE", store.getCertificate("ca").getEncoded()));
        writePrivately(directory.resolve(CA_KEY), keyPem(store, "ca"));
    }

    private Path issue(Path work, String name) throws IOException, InterruptedException, GeneralSecurityException {
        String request = work.resolve("request.csr").toString();
        String signed = work.resolve("signed.crt").toString();
        keytool(
                work,
                List.of("-genkeypair", "-alias", name, "-dname", "CN=" + name),
                List.of("-keyalg", "EC", "-groupname", "secp256r1"));
        keytool(work, List.of("-certreq", "-alias", name, "-file", request));
        keytool(
                work,
                List.of("-gencert", "-alias", "ca", "-infile", request, "-outfile", signed, "-rfc"),
                List.of("-validity", String.valueOf(DAYS), "-ext", "san=dns:" + name),
                List.of("-ext", "ku:c=digitalSignature", "-ext", "eku=serverAuth,clientAuth"));
        Path node = directory.resolve(name);
        Files.createDirectories(node);
        write(node.resolve(BusTls.CERTIFICATE), Files.readString(work.resolve("signed.crt")));
        write(node.resolve(BusTls.CA), Files.readString(directory.resolve(BusTls.CA)));
        writePrivately(node.resolve(BusTls.KEY), keyPem(store(work), name));
        return node;
    }

    @SafeVarargs
    private void keytool(Path work, List<String>... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        for (List<String> some : arguments) {
            command.addAll(some);
        }
        command.addAll(List.of("-keystore", work.resolve(STORE).toString(), "-storetype", "PKCS12", "-noprompt"));
        command.addAll(List.of("-storepass:env", "STORE_PASSWORD", "-keypass:env", "STORE_PASSWORD"));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("STORE_PASSWORD", password);
        Process process;
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new IOException(command.getFirst() + ": cannot be run (expected: a JDK, not only its runtime)", e);
        }
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroy();
            throw new IOException("keytool " + command.get(1) + ": " + said.strip());
        }
    }

    private KeyStore store(Path work) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(work.resolve(STORE).toFile(), password.toCharArray());
    }

    private String keyPem(KeyStore store, String alias) throws GeneralSecurityException {
        Key key = store.getKey(alias, password.toCharArray());
        return pem("PRIVATE KEY", key.getEncoded());
    }

    private static Certificate certificate(Path file) throws IOException, GeneralSecurityException {
        return CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(file)));
    }

    private static PrivateKey privateKey(Path file) throws IOException, GeneralSecurityException {
        String body = Files.readString(file).replaceAll("-----[A-Z ]+-----", "").strip();
        return KeyFactory.getInstance("EC")
                .generatePrivate(new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(body)));
    }

    private static String pem(String what, byte[] encoded) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
        return "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n";
    }

    private static void write(Path file, String text) throws IOException {
        Files.writeString(file, text);
    }

    private static void writePrivately(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }
}
