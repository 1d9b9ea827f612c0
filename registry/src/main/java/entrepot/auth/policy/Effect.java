package entrepot.auth.policy;

enum Effect {
    ALLOW,
    DENY;

    /// Whether a user or a policy that is called by another partition's name is still the one that is named. Who asks
    /// chooses the region to sign for, with it the partition, and so the name: that must never take anyone out of a
    /// denial, nor out of what a grant excepts. A grant itself is by the very name, as in AWS.
    ///
    /// @param negated whether all others are meant
    boolean seesThroughAliases(boolean negated) {
        return negated ? this == ALLOW : this == DENY;
    }
}
