package entrepot.domain;

/// What a manifest says of one thing that it names. Source: OCI image specification, descriptor.
///
/// @param mediaType to the letter
/// @param size in bytes; -1 where the manifest's format has none (Docker schema 1)
/// @param foreign whether the bytes may be had elsewhere (`urls`), so that they need not be stored here
public record Descriptor(String mediaType, Digest digest, long size, boolean foreign) {}
