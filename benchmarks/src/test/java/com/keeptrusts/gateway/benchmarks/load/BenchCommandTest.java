package com.keeptrusts.gateway.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import picocli.CommandLine;

@ExtendWith(VertxExtension.class)
class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theReportOfGoodAnswersIsPrinted(Vertx vertx) throws Exception {
        int port = serve(vertx, 200);

        assertThat(bench(port, "--json")).isZero();

        var report = new JsonObject(out.toString());
        assertThat(report.getLong("requests")).isPositive();
        assertThat(report.getJsonObject("failures").isEmpty()).isTrue();
        assertThat(report.getJsonObject("latency_ms").getDouble("p99")).isPositive();
    }

    @Test
    void failuresAreNamedAndEndWithOne(Vertx vertx) throws Exception {
        int port = serve(vertx, 503);

        assertThat(bench(port)).isEqualTo(1);

        assertThat(out.toString())
                .contains("requests   0 ")
                .contains("{status 503=")
                .contains("latency");
    }

    @Test
    void anAddressThatIsNoneIsAUsageError() {
        assertThat(execute(List.of("--url", "https://example"))).isEqualTo(2);
        assertThat(err.toString()).contains("--url: https://example (expected: http://host:port)");
        assertThat(execute(List.of("--connections", "0"))).isEqualTo(2);
        assertThat(err.toString()).contains("--connections: 0 (expected: at least 1)");
    }

    private static int serve(Vertx vertx, int status) throws Exception {
        return vertx.createHttpServer()
                .requestHandler(
                        request -> request.response().setStatusCode(status).end("{}"))
                .listen(0, "127.0.0.1")
                .await(5, TimeUnit.SECONDS)
                .actualPort();
    }

    private int bench(int port, String... more) {
        var arguments = new ArrayList<>(
                List.of("--url", "http://127.0.0.1:" + port, "--duration", "0.3", "--warm-up", "0.1", "-c", "2"));
        arguments.addAll(List.of(more));
        return execute(arguments);
    }

    private int execute(List<String> arguments) {
        return new CommandLine(new BenchCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
