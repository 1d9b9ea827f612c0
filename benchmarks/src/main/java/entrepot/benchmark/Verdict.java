package entrepot.benchmark;

/// What became of a goal.
///
/// @param ratio ours over theirs
/// @param bound what it may be at most, or must be at least
/// @param least whether the bound is the least
record Verdict(String text, double ratio, double bound, boolean least, boolean met) {}
