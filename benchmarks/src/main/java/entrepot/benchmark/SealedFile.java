package entrepot.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// A sealed blob as it lies on the disk, and the key it is sealed under.
@SuppressWarnings("ArrayRecordComponent") // nobody compares them
record SealedFile(Path path, byte[] dataKey) {
    private static final Pattern PLAINTEXT = Pattern.compile("\"Plaintext\"\\s*:\\s*\"([^\"]+)\"");

    /// Of all sealed blobs of this size.
    static List<SealedFile> find(EntrepotServer entrepot, long size) throws IOException {
        var files = new ArrayList<SealedFile>();
        var database = "jdbc:sqlite:" + entrepot.data().resolve("metadata.db");
        try (var connection = DriverManager.getConnection(database);
                var query = connection.prepareStatement(
                        "select storage_key, data_keys from blob where data_keys is not null and size = ?")) {
            query.setLong(1, size);
            var rows = query.executeQuery();
            while (rows.next()) {
                files.add(of(entrepot, rows.getString(1), rows.getString(2).split(" ", -1)));
            }
        } catch (SQLException e) {
            throw new IOException("cannot read " + database, e);
        }
        return files;
    }

    private static SealedFile of(EntrepotServer entrepot, String name, String[] wrapped) throws IOException {
        var folder = name.substring(name.length() - 2);
        return new SealedFile(entrepot.data().resolve("blobs", folder, name), unwrap(entrepot, wrapped));
    }

    /// @param wrapped the key's ARN, the repository's, and the data key
    private static byte[] unwrap(EntrepotServer entrepot, String[] wrapped) throws IOException {
        var body = "{\"KeyId\":\"%s\",\"EncryptionContext\":{\"aws:ecr:arn\":\"%s\"},\"CiphertextBlob\":\"%s\"}"
                .formatted((Object[]) wrapped);
        return Base64.getDecoder().decode(EntrepotServer.only(PLAINTEXT, entrepot.kms("Decrypt", body)));
    }
}
