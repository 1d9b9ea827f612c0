package entrepot.lifecycle;

import entrepot.domain.ImageAction;
import org.jspecify.annotations.Nullable;

/// One rule of a lifecycle policy.
///
/// @param priority rules are applied from the lowest number on
public record Rule(int priority, @Nullable String description, Selection selection, ImageAction action) {}
