package com.keeptrusts.gateway.policy.injection;

/** What an attacker's words are about; the words themselves stand in {@code concepts.txt}. */
enum Concept {
    /** To drop: ignore, forget, disregard. */
    DROP,
    /** To drop, in words that programmers use every day. */
    DROP_SOFT,
    /** As {@link #DROP}, in a language that lets the verb follow what it acts on. */
    DROP_AFTER,
    /** What came before. */
    PRIOR,
    /** What came before, or anything that is in place. */
    PRIOR_SOFT,
    ALL,
    /** What a model goes by: instructions, rules. */
    RULES,
    /** Rules of many other things too. */
    RULES_SOFT,
    /** What the model was told. */
    TOLD,
    NOT,
    FOLLOW,
    /** The instructions that are not for the user's eyes. */
    PROMPT,
    /** As {@link #PROMPT}, in words for other things too: only what is the model's own counts. */
    PROMPT_SOFT,
    YOUR,
    THE,
    INDEFINITE,
    MY,
    REVEAL,
    /** To give a text out as it stands. */
    ECHO,
    /** To give something out, in words that most requests have. */
    REVEAL_SOFT,
    VERBATIM,
    /** The text above, as something to be repeated. */
    ABOVE,
    GIVEN,
    /** What a model would say that gives its instructions away. */
    CONFESSION,
    /** To go on from given words. */
    COMPLETE,
    /** To play somebody. */
    PERSONA,
    /** Without limits. */
    FREE,
    /** Names of well-known unlimited personas and modes. */
    NAME,
    /** Modes that machines have too. */
    MODE,
    WICKED,
    /** Never to refuse, or what a refusal says. */
    REFUSE,
    /** Makers of models, and what they forbid. */
    MAKER,
    /** Somebody who claims to be in charge of the model. */
    CREATOR,
    SECRET,
    /** A machine that is addressed. */
    AI,
    ACT,
    MUST,
    /** The moment when the text is read. */
    READING,
    STEALTH,
    /** A new task, or the end of the present one. */
    TASK,
    LINK,
    /** What comes instead. */
    CUE,
    HALT,
    /** To break off everything. */
    STOP,
    /** Talk about attacks. */
    TALK,
    /** Work on prompts of one's own. */
    DESIGN;

    long bit() {
        return 1L << ordinal();
    }
}
