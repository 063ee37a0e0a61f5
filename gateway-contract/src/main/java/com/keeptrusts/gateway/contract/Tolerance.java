package com.keeptrusts.gateway.contract;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How messages of other builds are read, so that two builds serve together while a cluster is upgraded. Components that
 * this build does not know are ignored. Missing ones are absent where they may be, else 0, false or empty; a record or a
 * constant has no such default, and the message is refused when one is missing. A decision of an unknown kind is a failed
 * one, so that the fail mode decides; an unknown error code is {@link ErrorCode#INTERNAL_ERROR}.
 */
final class Tolerance {

    private Tolerance() {}

    static CBORMapper.Builder teach(CBORMapper.Builder builder) {
        for (Class<?> decision : Decision.class.getPermittedSubclasses()) {
            builder.registerSubtypes(new NamedType(decision, decision.getSimpleName()));
        }
        return builder.annotationIntrospector(new Defaults())
                .addMixIn(Decision.class, ByName.class)
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE);
    }

    /** Nested sealed types say which of their records they are. */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "@type", defaultImpl = Decision.Failed.class)
    private interface ByName {}

    /** Says what stands for a component of a record that did not come. */
    private static final class Defaults extends JacksonAnnotationIntrospector {
        private static final long serialVersionUID = 1;

        @Override
        public JsonSetter.Value findSetterInfo(Annotated component) {
            return component instanceof AnnotatedParameter parameter && isComponent(parameter)
                    ? JsonSetter.Value.forValueNulls(absent(parameter))
                    : super.findSetterInfo(component);
        }

        private static boolean isComponent(AnnotatedParameter parameter) {
            Class<?> type = parameter.getDeclaringClass();
            return type.isRecord() && parameter.getOwner().getParameterCount() == type.getRecordComponents().length;
        }

        private static Nulls absent(AnnotatedParameter parameter) {
            RecordComponent component = parameter.getDeclaringClass().getRecordComponents()[parameter.getIndex()];
            Class<?> type = component.getType();
            if (type.isPrimitive() || component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                return Nulls.SET;
            }
            return hasEmpty(type) ? Nulls.AS_EMPTY : Nulls.FAIL;
        }

        private static boolean hasEmpty(Class<?> type) {
            return List.of(String.class, List.class, Map.class, Bytes.class, UserText.class)
                    .contains(type);
        }

        @Override
        public @Nullable Enum<?> findDefaultEnumValue(AnnotatedClass type, Enum<?>[] constants) {
            return type.getRawType() == ErrorCode.class ? ErrorCode.INTERNAL_ERROR : null;
        }
    }
}
