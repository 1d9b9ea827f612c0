package entrepot.oci;

import entrepot.http.MemoryBudget;
import entrepot.http.SpoolFolder;

/// Where bodies go that are too large to be held in memory for as long as a client likes.
///
/// @param budget for the moment in which one is in memory all the same
/// @param folder for the rest of the time
public record LargeBodies(MemoryBudget budget, SpoolFolder folder) {}
