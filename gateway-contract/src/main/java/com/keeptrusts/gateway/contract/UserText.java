package com.keeptrusts.gateway.contract;

/** Text of people or models. Prints its length only, so that no prompt reaches a log or an exception with its record. */
public record UserText(String value) {

    public int length() {
        return value.length();
    }

    @Override
    public String toString() {
        return "UserText[" + value.length() + "]";
    }
}
