package com.keeptrusts.gateway.policy.onnx;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import com.keeptrusts.gateway.policy.injection.TextClassifier;
import java.util.HashMap;
import java.util.Map;

/**
 * A classifier of sequences: the first 512 tokens of a text in, logits out. One logit is an attack's own; of several the
 * first is what is harmless, as models of this kind have it.
 */
final class OnnxClassifier implements TextClassifier {

    private final OrtSession session;
    private final HuggingFaceTokenizer tokenizer;

    OnnxClassifier(OrtSession session, HuggingFaceTokenizer tokenizer) {
        this.session = session;
        this.tokenizer = tokenizer;
    }

    @Override
    public double score(String text) {
        Encoding tokens = tokenizer.encode(text);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            put(inputs, "input_ids", tokens.getIds());
            put(inputs, "attention_mask", tokens.getAttentionMask());
            put(inputs, "token_type_ids", tokens.getTypeIds());
            try (OrtSession.Result result = session.run(inputs)) {
                return probability(result.get(0).getValue());
            }
        } catch (OrtException e) {
            throw new IllegalStateException("the model could not be run: " + e.getCode(), e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private void put(Map<String, OnnxTensor> inputs, String name, long[] values) throws OrtException {
        if (session.getInputNames().contains(name)) {
            inputs.put(name, OnnxTensor.createTensor(OrtEnvironment.getEnvironment(), new long[][] {values}));
        }
    }

    private static double probability(Object output) {
        if (!(output instanceof float[][] rows) || rows.length != 1 || rows[0].length == 0) {
            throw new IllegalStateException("its first output is no row of logits");
        }
        float[] logits = rows[0];
        if (logits.length == 1) {
            return 1 / (1 + Math.exp(-logits[0]));
        }
        double highest = logits[0];
        for (float logit : logits) {
            highest = Math.max(highest, logit);
        }
        double sum = 0;
        for (float logit : logits) {
            sum += Math.exp(logit - highest);
        }
        return 1 - Math.exp(logits[0] - highest) / sum;
    }
}
