package entrepot.store;

/// A process that has a database open which it shares with others.
///
/// @param name as people know it
/// @param seenAt microseconds, by that database's clock; grows as long as the process lives
public record Occupant(String name, long seenAt) {}
