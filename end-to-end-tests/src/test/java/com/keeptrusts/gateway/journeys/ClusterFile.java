package com.keeptrusts.gateway.journeys;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The shipped cluster.xml under a name and ports of this run's own, so that runs beside each other do not meet. */
public final class ClusterFile {

    private static final int MEMBERS = 4;

    private static final Path SHIPPED =
            Path.of("..", "cluster.xml").toAbsolutePath().normalize();

    private ClusterFile() {}

    /** Returns the file, which stands in the folder. */
    public static Path write(Path folder) throws IOException {
        return write(folder, MEMBERS);
    }

    /** As {@link #write(Path)}, for so many members at a time. */
    public static Path write(Path folder, int members) throws IOException {
        int port = GatewayProcess.freePort();
        String shipped = Files.readString(SHIPPED);
        String own = shipped.replace("<cluster-name>keeptrusts<", "<cluster-name>test-" + port + "<")
                .replaceAll("(?s)<member-list>.*</member-list>", members(port, members))
                .replace("port-count=\"20\">5701<", "port-count=\"" + members + "\">" + port + "<");
        assertThat(own)
                .isNotEqualTo(shipped)
                .contains("port-count=\"" + members + "\"")
                .contains("test-" + port);
        return Files.writeString(folder.resolve("cluster.xml"), own);
    }

    private static String members(int port, int members) {
        var list = new StringBuilder("<member-list>");
        for (int n = 0; n < members; n++) {
            list.append("<member>127.0.0.1:").append(port + n).append("</member>");
        }
        return list.append("</member-list>").toString();
    }
}
