package entrepot.notation;

import entrepot.notation.BadKeyException.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/// What a file in PEM holds. Source: RFC 7468.
record PemFile(List<Block> blocks) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

    private static final int LONGEST = 1 << 20;

    /// One thing in it.
    ///
    /// @param label such as `CERTIFICATE`
    @SuppressWarnings("ArrayRecordComponent") // nobody compares them
    record Block(String label, byte[] der) {}

    static PemFile read(Part part, Path file) throws BadKeyException {
        try {
            if (Files.size(file) > LONGEST) {
                throw new BadKeyException(part, "%s is longer than %d bytes".formatted(file, LONGEST));
            }
            return new PemFile(BLOCK.matcher(Files.readString(file))
                    .results()
                    .map(block ->
                            new Block(block.group(1), Base64.getMimeDecoder().decode(block.group(2))))
                    .toList());
        } catch (IOException | IllegalArgumentException e) {
            throw new BadKeyException(part, file + " cannot be read", e);
        }
    }

    /// Those of this label.
    List<byte[]> all(String label) {
        return blocks.stream()
                .filter(block -> block.label().equals(label))
                .map(Block::der)
                .toList();
    }
}
