package com.keeptrusts.gateway.benchmarks.micro;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.keeptrusts.gateway.benchmarks.load.Prompts;
import com.keeptrusts.gateway.json.ByteEdit;
import com.keeptrusts.gateway.json.JsonDocument;
import com.keeptrusts.gateway.json.JsonNode;
import com.keeptrusts.gateway.json.JsonText;
import com.keeptrusts.gateway.json.Splice;
import com.keeptrusts.gateway.json.TextEdit;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What indexing and splicing cost for a request of 1 KB and an event of a stream. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonDocumentBenchmark {

    private static final String PROMPT = Prompts.some(1, 830).getFirst();

    private final byte[] request =
            ("{\"model\":\"llama3.3-70b\",\"messages\":[{\"role\":\"system\",\"content\":\"You are a "
                            + "helpful assistant.\"},{\"role\":\"user\",\"content\":\"" + PROMPT
                            + "\"}],\"temperature\":0.2,\"max_tokens\":256,\"stream\":true}")
                    .getBytes(UTF_8);

    private final byte[] event = ("{\"id\":\"chatcmpl-0b6a2c1e\",\"choices\":[{\"delta\":{\"content\":\" hello\"},"
                    + "\"index\":0}],\"created\":1780000000,\"model\":\"llama3.3-70b\",\"system_fingerprint\":"
                    + "\"fp_70d9c4c1b2a3\",\"object\":\"chat.completion.chunk\"}")
            .getBytes(UTF_8);

    /** A request is checked and indexed. */
    @Benchmark
    public JsonDocument indexRequest() {
        return JsonDocument.parse(request);
    }

    /** An event is checked, indexed, and its text decoded. */
    @Benchmark
    public String textOfEvent() {
        return content(JsonDocument.parse(event)).text();
    }

    /** An event is indexed and three characters of its text are replaced. */
    @Benchmark
    public byte[] redactEvent() {
        JsonNode content = content(JsonDocument.parse(event));
        byte[] literal =
                JsonText.edit(event, content.start(), content.end(), List.of(new TextEdit(1, 4, "[NAME_REDACTED]")));
        return Splice.apply(event, 0, event.length, List.of(new ByteEdit(content.start(), content.end(), literal)));
    }

    private static JsonNode content(JsonDocument document) {
        JsonNode choices = document.root().member("choices");
        if (choices != null) {
            JsonNode delta = choices.elements().iterator().next().member("delta");
            JsonNode content = delta == null ? null : delta.member("content");
            if (content != null) {
                return content;
            }
        }
        throw new IllegalStateException("event: no content");
    }
}
