package dev.caretaker.testkit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A test that takes an {@code EngineKind} and runs once for each engine that was chosen. Its tag
 * {@code engine} leaves such tests out where only the fast ones are wanted.
 */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@Tag("engine")
@ParameterizedTest
@MethodSource("dev.caretaker.testkit.RealEngine#chosen")
public @interface EachEngine {}
