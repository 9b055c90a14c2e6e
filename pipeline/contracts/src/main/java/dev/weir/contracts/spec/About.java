package dev.weir.contracts.spec;

import java.util.Optional;

/**
 * What a person should know of a model before using it; it goes into the model card.
 *
 * @param description what the model predicts
 * @param intendedUse for what it is meant
 * @param limitations for what it is not meant, and what it does not do well
 * @param license under which its versions may be used, an identifier such as {@code apache-2.0}
 */
public record About(
    Optional<String> description,
    Optional<String> intendedUse,
    Optional<String> limitations,
    Optional<String> license) {}
