package com.keeptrusts.gateway.contract;

/**
 * One text of a request or answer, as a policy sees it.
 *
 * @param id its number in the call, to which edits refer
 * @param message index of the message (or choice) that holds it, or -1
 * @param place where it stands, as in {@code messages[2].content[0].text}
 * @param text decoded; lone surrogates appear as U+FFFD
 */
public record TextPart(int id, int message, Channel channel, String place, UserText text) {}
