package com.keeptrusts.gateway.policy.pii;

/** What words before a value say about it. */
enum Cue {
    PHONE(0),
    SSN(1),
    ITIN(2),
    ROUTING(3),
    ACCOUNT(4),
    IBAN(5),
    CARD(6),
    CVV(7),
    PASSPORT(8),
    LICENCE(9),
    BIRTH(10),
    NATIONAL_ID(11),
    HEALTH(12),
    RECORD_NUMBER(13),
    PROVIDER_NUMBER(14),
    WALLET(15),
    ADDRESS_OF_HOST(16),
    /** The value is a version. */
    VERSION(17),
    /** The value counts or names a thing and not a person: an order, a parcel, a part. */
    THING(18),
    /** A verb for phoning. */
    CALL(19);

    private final int number;

    Cue(int number) {
        this.number = number;
    }

    int bit() {
        return 1 << number;
    }
}
