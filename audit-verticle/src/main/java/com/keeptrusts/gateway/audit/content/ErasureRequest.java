package com.keeptrusts.gateway.audit.content;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whom to erase, why, and who wants it. Prints nothing of the subject.
 *
 * @param subject a user as requests name one, a pseudonym as entries do, or the id of a key
 * @param tenant whose user that is; null for every tenant's
 * @param reason goes into the ledger: a case number rather than a name
 * @param requester goes into the ledger too
 */
public record ErasureRequest(String subject, @Nullable String tenant, String reason, String requester) {

    private static final Pattern KEY_ID = Pattern.compile("[0-9a-f]{32}(-[0-9a-f]{8})?");
    private static final int LONGEST = 200;

    public ErasureRequest {
        if (subject.isBlank()) {
            throw new IllegalArgumentException("subject: empty (expected: a user, a pseudonym or the id of a key)");
        }
        checkTold("reason", reason, subject);
        checkTold("by", requester, subject);
    }

    /** What stands in the ledger stays there, so it must not name whom it erases. */
    private static void checkTold(String name, String text, String subject) {
        if (text.isBlank() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    name + ": (expected: one line of 1 to " + LONGEST + " characters, such as a case number)");
        }
        if (text.contains(subject)) {
            throw new IllegalArgumentException(
                    name + ": names the subject (expected: a text without, as the ledger keeps it)");
        }
    }

    boolean namesKey() {
        return KEY_ID.matcher(subject).matches();
    }

    @Override
    public String toString() {
        return "ErasureRequest[" + reason + ", " + requester + "]";
    }
}
