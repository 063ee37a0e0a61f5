package com.keeptrusts.gateway.benchmarks.micro;

import com.keeptrusts.gateway.benchmarks.load.Prompts;
import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.contract.UserText;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import com.keeptrusts.gateway.policy.PolicyCatalog;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a review costs by detector and by length of the text: both policies with their default settings, and
 * {@code pii-detector} with one type of personal data at a time.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetectorBenchmark {

    private static final int KILOBYTE = 1_000;

    @Param({
        "prompt-injection",
        "pii-detector",
        "email",
        "phone",
        "ssn",
        "credit_card",
        "iban",
        "bank_account",
        "ip_address",
        "mac_address",
        "crypto_wallet",
        "url_credentials",
        "secret",
        "national_id",
        "passport",
        "date_of_birth",
        "medical_id"
    })
    private String detector;

    @Param({"1", "4", "100"})
    private int kilobytes;

    private Policy policy = PolicyCatalog.installed().create("pii-detector", new JsonObject());
    private List<TextPart> text = List.of();

    /** Builds the policy and a text in the manner of prompts. */
    @Setup
    public void open() {
        boolean whole = detector.indexOf('-') >= 0;
        JsonObject settings = whole
                ? new JsonObject()
                : new JsonObject()
                        .put("categories", new JsonArray().add(detector))
                        .put("pci_mode", false);
        policy = PolicyCatalog.installed().create(whole ? detector : "pii-detector", settings);
        String prompt = Prompts.some(1, kilobytes * KILOBYTE).getFirst();
        text = List.of(new TextPart(0, 0, Channel.USER, "messages[0].content", new UserText(prompt)));
    }

    /** One review of one text. */
    @Benchmark
    public Judgement review() {
        return policy.review(Phase.INPUT, text);
    }
}
