package com.keeptrusts.gateway.contract;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** One instance of every record of the catalogue, with every component filled, the same ones at every run. */
final class Samples {

    private Samples() {}

    static List<BusMessage> ofEveryRecord() {
        List<BusMessage> samples = new ArrayList<>();
        collect(BusMessage.class, samples);
        return samples;
    }

    private static void collect(Class<?> type, List<BusMessage> samples) {
        if (!type.isSealed()) {
            samples.add((BusMessage) record(type));
            return;
        }
        for (Class<?> permitted : type.getPermittedSubclasses()) {
            collect(permitted, samples);
        }
    }

    private static Object record(Class<?> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Object[] values = Arrays.stream(components)
                .map(component -> value(component.getName(), component.getGenericType()))
                .toArray();
        try {
            return type.getDeclaredConstructor(types).newInstance(values);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type.getName(), e);
        }
    }

    private static Object value(String name, Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class ? Map.of("EMAIL", 2) : List.of(value(name, arguments[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == String.class) {
            return name + " \u00e9\ud83d\ude00";
        } else if (plain == int.class) {
            return 7;
        } else if (plain == long.class || plain == Long.class) {
            return 1L << 40;
        } else if (plain == double.class) {
            return 0.25;
        } else if (plain == boolean.class) {
            return true;
        } else if (plain == Bytes.class) {
            return Bytes.owning(new byte[] {0, -1, 10, 13});
        } else if (plain == UserText.class) {
            return new UserText("text of a person \u00e9\ud83d\ude00");
        } else if (plain == Decision.class) {
            return new Decision.Redact(List.of(new Edit(0, 1, 2, "EMAIL", new UserText("[EMAIL_REDACTED]"))), true);
        } else if (plain.isEnum()) {
            return plain.getEnumConstants()[0];
        }
        return record(plain);
    }
}
