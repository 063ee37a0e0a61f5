package com.keeptrusts.gateway.contract;

/** Who speaks in a text: the roles of a chat, and the other places of a request or an answer that hold text. */
public enum Channel {
    SYSTEM,
    DEVELOPER,
    USER,
    ASSISTANT,
    /** A tool's or function's result in the conversation. */
    TOOL,
    /** Arguments of a tool call, which are JSON text inside a JSON string. */
    TOOL_ARGUMENTS,
    /** Names, descriptions and schemas of the tools offered. */
    TOOL_DEFINITION,
    REASONING,
    REFUSAL,
    PREDICTION,
    /** {@code user}, {@code metadata} and other labels. */
    METADATA
}
