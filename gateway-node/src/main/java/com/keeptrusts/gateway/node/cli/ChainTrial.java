package com.keeptrusts.gateway.node.cli;

import com.keeptrusts.gateway.contract.Channel;
import com.keeptrusts.gateway.contract.Decision;
import com.keeptrusts.gateway.contract.Phase;
import com.keeptrusts.gateway.contract.TextPart;
import com.keeptrusts.gateway.node.config.GatewayConfig;
import com.keeptrusts.gateway.node.config.TestSuites.Case;
import com.keeptrusts.gateway.node.config.TestSuites.Message;
import com.keeptrusts.gateway.node.config.TestSuites.Suite;
import com.keeptrusts.gateway.policy.Judgement;
import com.keeptrusts.gateway.policy.Policy;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Runs test cases through the policies of a chain, in order, without a bus. */
final class ChainTrial {

    private final GatewayConfig config;

    ChainTrial(GatewayConfig config) {
        this.config = config;
    }

    /** What became of one case. */
    record Result(String suite, String name, String expected, String actual, String policy, String reason) {

        boolean ok() {
            return expected.equals(actual);
        }

        String describe() {
            String outcome = suite + " / " + name + ": " + actual;
            return ok()
                    ? outcome
                    : outcome + " (expected: " + expected + ")"
                            + (policy.isEmpty() ? "" : ", " + policy + ": " + reason);
        }

        JsonObject toJson() {
            return new JsonObject()
                    .put("suite", suite)
                    .put("case", name)
                    .put("ok", ok())
                    .put("expected", expected)
                    .put("actual", actual)
                    .put("policy", policy)
                    .put("reason", reason);
        }
    }

    List<Result> run(List<Suite> suites) {
        return suites.stream()
                .flatMap(suite -> suite.cases().stream().map(one -> judge(suite, one)))
                .toList();
    }

    /** The first verdict that stops decides; else a redaction anywhere; else allow. */
    private Result judge(Suite suite, Case one) {
        List<TextPart> texts = texts(one.messages());
        var result = new Result(suite.name(), one.name(), one.expected(), "allow", "", "");
        for (var entry : config.policies().entrySet()) {
            if (suite.target() != null && !entry.getKey().equals(suite.target())) {
                continue;
            }
            Policy policy = entry.getValue().policy();
            Judgement judgement = policy.review(Phase.INPUT, texts);
            String verdict = verdict(judgement.decision());
            if (!verdict.equals("allow")) {
                result = new Result(
                        suite.name(), one.name(), one.expected(), verdict, entry.getKey(), judgement.reason());
            }
            if (!verdict.equals("allow") && !verdict.equals("redact")) {
                return result;
            }
        }
        return result;
    }

    private static String verdict(Decision decision) {
        return switch (decision) {
            case Decision.Allow() -> "allow";
            case Decision.Redact _ -> "redact";
            case Decision.Block _ -> "block";
            case Decision.Escalate _ -> "escalate";
            case Decision.Failed _ -> "failed";
        };
    }

    private static List<TextPart> texts(List<Message> messages) {
        List<TextPart> texts = new ArrayList<>();
        for (Message message : messages) {
            int i = texts.size();
            texts.add(new TextPart(i, i, channel(message.role()), "messages[" + i + "].content", message.content()));
        }
        return texts;
    }

    private static Channel channel(String role) {
        return role.equals("function") ? Channel.TOOL : Channel.valueOf(role.toUpperCase(Locale.ROOT));
    }
}
