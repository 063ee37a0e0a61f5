package com.keeptrusts.gateway.audit.read;

import com.keeptrusts.gateway.audit.ledger.LedgerEntry;

/** How entries are written, each line with its end. */
public enum EventFormat {
    /** For a terminal. */
    TABLE {
        @Override
        public String header() {
            return EventLines.tableHeader() + "\n";
        }

        @Override
        public String line(LedgerEntry entry) {
            return EventLines.tableRow(entry) + "\n";
        }
    },
    /** One JSON object in a line. */
    JSON {
        @Override
        public String header() {
            return "";
        }

        @Override
        public String line(LedgerEntry entry) {
            return EventLines.json(entry) + "\n";
        }
    },
    /** RFC 4180, for a spreadsheet. */
    CSV {
        @Override
        public String header() {
            return EventLines.csvHeader() + "\r\n";
        }

        @Override
        public String line(LedgerEntry entry) {
            return EventLines.csvRow(entry) + "\r\n";
        }
    };

    /** What comes before the first entry; may be empty. */
    public abstract String header();

    public abstract String line(LedgerEntry entry);
}
