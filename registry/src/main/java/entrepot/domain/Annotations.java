package entrepot.domain;

/// What a manifest's author noted on it: texts by name. They are only ever passed on, so they stay the JSON they are.
///
/// Source: OCI image specification, "Annotations".
///
/// @param json one object whose members are texts
public record Annotations(String json) {

    public static final Annotations NONE = new Annotations("{}");
}
