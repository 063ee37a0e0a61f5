package com.keeptrusts.gateway.simulator.answer;

/** The phases of an answer as they were really paced, in seconds, and when it was accepted, in seconds of the epoch. */
public record Timing(double created, double queue, double prompt, double completion, double total) {}
