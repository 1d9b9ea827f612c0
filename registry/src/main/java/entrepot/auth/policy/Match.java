package entrepot.auth.policy;

/// How a statement names an actor, the weakest first.
enum Match {
    NONE,

    /// By its account only, which leaves the say to that account's own policies.
    ACCOUNT,

    /// Itself, or everyone.
    DIRECT;

    Match or(Match other) {
        return compareTo(other) >= 0 ? this : other;
    }
}
