package com.keeptrusts.gateway.provider.settings;

import com.keeptrusts.gateway.config.Section;

/**
 * What the operator declares of a target's handling of data, for the record.
 *
 * @param retentionDays how long the target keeps data, or -1 when not declared
 */
public record DataPolicy(boolean zeroDataRetention, boolean trainingOptOut, int retentionDays) {

    static final DataPolicy UNDECLARED = new DataPolicy(false, false, -1);

    static DataPolicy from(Section section) {
        return new DataPolicy(
                section.bool("zero_data_retention", false),
                section.bool("training_opt_out", false),
                section.integer("retention_days", -1, 0, 36_500));
    }
}
