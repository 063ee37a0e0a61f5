package com.keeptrusts.gateway.audit.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.audit.Entries;
import com.keeptrusts.gateway.contract.AuditEntry;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class OpenRequestsTest {

    private static final Instant LONG_AFTER = Instant.parse("2126-01-01T00:00:00Z");

    private final OpenRequests requests = new OpenRequests();

    @Test
    void aRequestWithoutAnEndIsOverdueAfterItsDeadline() {
        note(Entries.accepted("r-1"));

        assertThat(requests.overdue(Instant.now())).isEmpty();
        assertThat(requests.overdue(LONG_AFTER))
                .extracting(OpenRequests.Open::requestId)
                .containsExactly("r-1");
    }

    @Test
    void aRequestThatEndedIsNotOpen() {
        AuditEntry accepted = Entries.accepted("r-1");

        note(accepted);
        note(Entries.outcome(accepted));

        assertThat(requests.overdue(LONG_AFTER)).isEmpty();
    }

    @Test
    void norIsOneWhoseAcceptanceComesAfterItsEndAsOneFromASpoolDoes() {
        AuditEntry accepted = Entries.accepted("r-1");

        note(Entries.outcome(accepted));
        note(accepted);

        assertThat(requests.overdue(LONG_AFTER)).isEmpty();
    }

    private void note(AuditEntry entry) {
        requests.note(Objects.requireNonNull(LeafHead.read(entry.leaf().array())));
    }
}
