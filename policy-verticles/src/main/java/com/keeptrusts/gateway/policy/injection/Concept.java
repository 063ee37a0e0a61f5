package com.keeptrusts.gateway.policy.injection;

/** What an attacker's words are about; the words themselves stand in {@code concepts.txt}. */
enum Concept {
    /** To drop: ignore, forget, disregard. */
    DROP(0),
    /** To drop, in words that programmers use every day. */
    DROP_SOFT(1),
    /** As {@link #DROP}, in a language that lets the verb follow what it acts on. */
    DROP_AFTER(2),
    /** What came before. */
    PRIOR(3),
    /** What came before, or anything that is in place. */
    PRIOR_SOFT(4),
    ALL(5),
    /** What a model goes by: instructions, rules. */
    RULES(6),
    /** Rules of many other things too. */
    RULES_SOFT(7),
    /** What the model was told. */
    TOLD(8),
    NOT(9),
    FOLLOW(10),
    /** The instructions that are not for the user's eyes. */
    PROMPT(11),
    /** As {@link #PROMPT}, in words for other things too: only what is the model's own counts. */
    PROMPT_SOFT(12),
    YOUR(13),
    THE(14),
    INDEFINITE(15),
    MY(16),
    REVEAL(17),
    /** To give a text out as it stands. */
    ECHO(18),
    /** To give something out, in words that most requests have. */
    REVEAL_SOFT(19),
    VERBATIM(20),
    /** The text above, as something to be repeated. */
    ABOVE(21),
    GIVEN(22),
    /** What a model would say that gives its instructions away. */
    CONFESSION(23),
    /** To go on from given words. */
    COMPLETE(24),
    /** To play somebody. */
    PERSONA(25),
    /** Without limits. */
    FREE(26),
    /** Names of well-known unlimited personas and modes. */
    NAME(27),
    /** Modes that machines have too. */
    MODE(28),
    WICKED(29),
    /** Never to refuse, or what a refusal says. */
    REFUSE(30),
    /** Makers of models, and what they forbid. */
    MAKER(31),
    /** Somebody who claims to be in charge of the model. */
    CREATOR(32),
    SECRET(33),
    /** A machine that is addressed. */
    AI(34),
    ACT(35),
    MUST(36),
    /** The moment when the text is read. */
    READING(37),
    STEALTH(38),
    /** As {@link #READING}, in words of manuals. */
    READING_SOFT(46),
    /** A new task, or the end of the present one. */
    TASK(39),
    /** As {@link #TASK}, in words that honest notices have. */
    TASK_SOFT(47),
    /** The user, spoken of and not spoken to. */
    USER(48),
    /** What a machine can be made to do. */
    TOOL(49),
    LINK(40),
    /** What comes instead. */
    CUE(41),
    HALT(42),
    /** To break off everything. */
    STOP(43),
    /** Talk about attacks. */
    TALK(44),
    /** Work on prompts of one's own. */
    DESIGN(45);

    private final int number;

    Concept(int number) {
        this.number = number;
    }

    /** Its place in a set of concepts. */
    long bit() {
        return 1L << number;
    }
}
