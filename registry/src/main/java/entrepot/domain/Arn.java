package entrepot.domain;

/// An Amazon Resource Name, or `*` for an action that is not about one resource.
public record Arn(String value) {

    public static final Arn ANY = new Arn("*");

    @Override
    public String toString() {
        return value;
    }
}
