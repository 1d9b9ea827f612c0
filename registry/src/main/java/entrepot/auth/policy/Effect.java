package entrepot.auth.policy;

enum Effect {
    ALLOW,
    DENY
}
