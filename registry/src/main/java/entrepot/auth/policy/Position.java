package entrepot.auth.policy;

/// A place in a document's text.
///
/// @param line from 1
/// @param column in characters, from 1
public record Position(int line, int column) {}
