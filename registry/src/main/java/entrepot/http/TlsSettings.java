package entrepot.http;

import java.nio.file.Path;

/// How connections are encrypted. Both files are read again when they change.
///
/// @param certificate PEM: the server's certificate, then those that lead to a root
/// @param key PEM, not encrypted: PKCS#8, PKCS#1 or EC
/// @param http2 whether HTTP/2 is offered beside HTTP/1.1
public record TlsSettings(Path certificate, Path key, boolean http2) {}
