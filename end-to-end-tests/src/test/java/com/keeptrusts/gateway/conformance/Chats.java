package com.keeptrusts.gateway.conformance;

/** Plain requests, and the events and bodies that answer them. */
final class Chats {

    static final String PLAIN = "{\"model\":\"llama3.1-8b\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
    static final String STREAMED =
            "{\"model\":\"llama3.1-8b\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}],\"stream\":true}";
    static final String DONE = "data: [DONE]\n\n";
    static final String USAGE = "{\"prompt_tokens\":3,\"completion_tokens\":5,\"total_tokens\":8}";

    private Chats() {}

    /** A request that says this; the text is JSON already. */
    static String saying(String text) {
        return "{\"model\":\"llama3.1-8b\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
    }

    /** A request for a stream that says this. */
    static String streamedSaying(String text) {
        return "{\"model\":\"llama3.1-8b\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"" + text
                + "\"}]}";
    }

    static String chunk(String content) {
        return chunk(0, content);
    }

    static String chunk(int choice, String content) {
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":" + choice + ",\"delta\":{\"content\":\"" + content
                + "\"}}]}\n\n";
    }

    static String finish() {
        return finish(0);
    }

    static String finish(int choice) {
        return "data: {\"id\":\"c\",\"choices\":[{\"index\":" + choice
                + ",\"delta\":{},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}\n\n";
    }

    /** A whole answer that says this. */
    static String answer(String content) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" + content
                + "\"},\"finish_reason\":\"stop\"}],\"usage\":" + USAGE + "}";
    }
}
