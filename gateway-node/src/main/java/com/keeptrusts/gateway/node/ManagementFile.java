package com.keeptrusts.gateway.node;

import com.keeptrusts.gateway.contract.Role;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code management} of a data directory: where the process that writes its ledger has its management port, so
 * that whoever reads the files can tell it. It is a hint: the process may be gone.
 */
public final class ManagementFile {

    private static final Logger LOG = LoggerFactory.getLogger(ManagementFile.class);
    private static final String NAME = "management";

    private ManagementFile() {}

    /** The address, as {@code http://host:port}, where one is known. */
    public static Optional<String> url(Path dataDir) {
        try {
            String text = Files.readString(dataDir.resolve(NAME)).strip();
            return text.matches("http://[0-9A-Za-z.:\\[\\]-]+:[0-9]{1,5}") ? Optional.of(text) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Blocks. A directory that cannot be written is no reason not to serve. */
    static void write(NodeOptions options, int port) {
        if (!options.roles().has(Role.AUDIT)) {
            return;
        }
        String host = options.admin().host();
        boolean any = host.equals("0.0.0.0") || host.equals("::");
        var address = new HostPort(any ? "127.0.0.1" : host, port);
        try {
            Files.writeString(options.dataDir().resolve(NAME), "http://" + address + "\n");
        } catch (IOException e) {
            LOG.warn("{}: where the management port is could not be noted there", options.dataDir());
        }
    }
}
