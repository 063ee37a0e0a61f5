package com.keeptrusts.gateway.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.keeptrusts.gateway.contract.Bytes;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The comparison that the fault suite rests on finds each kind of gap. */
class ReconciliationTest {

    private static final Mark MARK = new Mark(407);
    private static final String END = "data: {\"choices\":[{\"finish_reason\":\"stop\"}]}\n\n";

    private final NodeSecret secret = new NodeSecret(request -> Bytes.utf8("salt of " + request));

    @Test
    void aMarkIsFoundInTheBodyThatCarriesIt() {
        assertThat(Mark.in(MARK.body(true))).contains(MARK);
    }

    @Test
    void aRequestWithBothRecordsIsNoViolation() {
        var ledger = new LedgerView(Map.of("r", committed("r")), Map.of("r", 1), Map.of());

        assertThat(violations(ledger, answer("r", END))).isEmpty();
    }

    @Test
    void aPromptThatReachedTheUpstreamNeedsItsAcceptance() {
        var none = new LedgerView(Map.of(), Map.of(), Map.of());
        var another = new LedgerView(Map.of("r", committed("other")), Map.of(), Map.of());
        var its = new LedgerView(Map.of("r", committed("r")), Map.of(), Map.of());

        assertThat(violations(none, answer("r", ""))).singleElement().asString().startsWith("C1");
        assertThat(violations(another, answer("r", "")))
                .singleElement()
                .asString()
                .startsWith("C1");
        assertThat(violations(its, answer("r", ""))).isEmpty();
    }

    @Test
    void soDoesOneOfWhichTheClientHeardNothing() {
        var another = new LedgerView(Map.of("r", committed("other")), Map.of(), Map.of());
        var its = new LedgerView(Map.of("r", committed("r")), Map.of(), Map.of());

        assertThat(violations(another, MarkedAnswer.none(MARK, true, 1))).hasSize(1);
        assertThat(violations(its, MarkedAnswer.none(MARK, true, 1))).isEmpty();
    }

    @Test
    void anEndThatReachedTheClientNeedsOneOutcome() {
        var none = new LedgerView(Map.of("r", committed("r")), Map.of(), Map.of());
        var two = new LedgerView(Map.of("r", committed("r")), Map.of("r", 2), Map.of());

        assertThat(violations(none, answer("r", END)))
                .singleElement()
                .asString()
                .startsWith("C2");
        assertThat(violations(two, answer("r", END))).singleElement().asString().startsWith("C2");
    }

    private List<String> violations(LedgerView ledger, MarkedAnswer answer) {
        return new Reconciliation(secret, ledger).violations(Set.of(MARK), List.of(answer));
    }

    private String committed(String request) {
        return secret.commitment(request, MARK.body(true));
    }

    private static MarkedAnswer answer(String request, String body) {
        return new MarkedAnswer(MARK, true, request, 200, body, false, 1, 0);
    }
}
