package com.keeptrusts.gateway.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.config.Config;
import com.hazelcast.config.FileSystemXmlConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What {@code kubernetes/members.yaml} carries is what the program reads. */
class KubernetesFilesTest {

    private static final Path MEMBERS = Path.of("..", "kubernetes", "members.yaml");

    @TempDir
    private Path folder;

    @Test
    void hazelcastReadsItsConfigurationAndLooksMembersUpByName() throws Exception {
        Path file = Files.writeString(folder.resolve("cluster.xml"), carried("cluster.xml"));

        Config config = new FileSystemXmlConfig(file.toFile());

        var join = config.getAdvancedNetworkConfig().getJoin();
        assertThat(join.getKubernetesConfig().isEnabled()).isTrue();
        assertThat(join.getKubernetesConfig().getProperty("service-dns")).isEqualTo("keeptrusts-members");
        assertThat(join.getMulticastConfig().isEnabled()).isFalse();
        assertThat(join.getTcpIpConfig().isEnabled()).isFalse();
    }

    @Test
    void theConfigurationHasNoMistakes() throws Exception {
        Path file = Files.writeString(folder.resolve("policy-config.yaml"), carried("policy-config.yaml"));
        var said = new StringWriter();

        int code = Kt.commandLine()
                .setOut(new PrintWriter(said, true))
                .setErr(new PrintWriter(said, true))
                .execute("policy", "lint", "--file", file.toString());

        assertThat(code).as(said::toString).isZero();
    }

    private static String carried(String name) throws Exception {
        Iterable<Object> documents = new Yaml().loadAll(Files.readString(MEMBERS));
        return StreamSupport.stream(documents.spliterator(), false)
                .map(document -> (Map<?, ?>) document)
                .filter(document -> "ConfigMap".equals(document.get("kind")))
                .map(document -> Objects.requireNonNull((Map<?, ?>) document.get("data")))
                .map(data -> String.valueOf(data.get(name)))
                .findFirst()
                .orElseThrow();
    }
}
