package com.keeptrusts.gateway.policy;

import com.keeptrusts.gateway.contract.Bytes;
import java.time.Duration;
import java.util.function.Function;

/**
 * A question to a model about texts on which a policy could not decide well. Holds text of people: prints nothing of it.
 *
 * @param providerDigest digest of the provider settings with the target to be asked
 * @param model that the target is asked for
 * @param body of a chat completion that is not streamed
 * @param limit after which the policy's own judgement stands
 * @param settle makes a judgement of the model's answer
 * @param unanswered the judgement when there is no answer in time
 */
public record SecondOpinion(
        String providerDigest,
        String model,
        Bytes body,
        Duration limit,
        Function<String, Judgement> settle,
        Judgement unanswered) {

    @Override
    public String toString() {
        return "SecondOpinion[" + model + ", " + body.length() + " bytes]";
    }
}
