package entrepot.scanner;

import entrepot.domain.Finding;
import tools.jackson.databind.json.JsonMapper;

/// A finding as it is stored, in JSON.
public final class FindingDocument {

    private static final JsonMapper JSON = JsonMapper.shared();

    private FindingDocument() {}

    public static byte[] write(Finding finding) {
        return JSON.writeValueAsBytes(finding);
    }

    public static Finding read(byte[] document) {
        return JSON.readValue(document, Finding.class);
    }
}
