package entrepot.sealing;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.StreamSegmentDecrypter;
import com.google.crypto.tink.subtle.StreamSegmentEncrypter;
import entrepot.store.DamagedBlobException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import org.jspecify.annotations.Nullable;

/// Seals bytes under one data key, 64 KiB at a time, so that any of them can be read, and written, without those
/// before. Each segment is a stream of Tink's AES256-GCM-HKDF with one segment, behind its length:
/// ```
/// 4 bytes length of the plaintext, the highest bit set in the last segment | 1 byte 40, 32 bytes salt, 7 bytes nonce
///     | ciphertext | 16 bytes tag
/// ```
/// Name, number and length are associated data: no segment passes for another one's, nor for the last. The salt is new
/// each time, and so is the key that Tink derives with it; hence a segment may be written anew with other bytes, as
/// those of an upload are that breaks off, and no nonce is ever used twice. docs/decisions/0024 says more.
///
/// Source: Tink, "AES-GCM-HKDF Streaming AEAD".
final class Segments {

    /// The bytes in each segment but the last, which may have fewer.
    static final int PLAIN = 64 << 10;

    private static final int HEAD = Integer.BYTES;
    private static final int KEY_BYTES = 32;
    private static final int STREAM_HEAD = 1 + KEY_BYTES + 7;

    /// What sealing adds to a segment, in bytes.
    static final int OVERHEAD = HEAD + STREAM_HEAD + 16;

    static final int SEALED = PLAIN + OVERHEAD;

    private static final int LAST = 1 << 31;

    private final AesGcmHkdfStreaming cipher;
    private final byte[] name;

    /// @param key 32 bytes, which are copied
    /// @param name of what is sealed, which must be told to open it
    Segments(byte[] key, String name) {
        try {
            this.cipher = new AesGcmHkdfStreaming(key, "HmacSha256", KEY_BYTES, PLAIN + OVERHEAD - HEAD, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("not a data key", e);
        }
        this.name = name.getBytes(UTF_8);
    }

    /// How many bytes as many become, sealed as a whole: at least one segment.
    static long sealedLength(long plain) {
        return plain + OVERHEAD * (last(plain) + 1);
    }

    /// How many bytes are in as many sealed ones; of a number that none are sealed to, something else than they had.
    static long plainLength(long sealed) {
        return Math.max(0, sealed - OVERHEAD * ((sealed + SEALED - 1) / SEALED));
    }

    /// The number of the last segment of so many bytes.
    static long last(long plain) {
        return Math.max(0, plain - 1) / PLAIN;
    }

    /// Where a segment begins among sealed bytes.
    static long position(long segment) {
        return segment * SEALED;
    }

    /// How many bytes are in a segment, by its first four.
    static int length(ByteBuffer sealed) {
        return sealed.getInt(sealed.position()) & ~LAST;
    }

    static boolean isLast(ByteBuffer sealed) {
        return sealed.remaining() >= HEAD && (sealed.getInt(sealed.position()) & LAST) != 0;
    }

    /// Puts one segment into `target`.
    ///
    /// @param plain at most [#PLAIN] bytes, all of which are taken
    void seal(ByteBuffer plain, long number, boolean last, ByteBuffer target) {
        var head = last ? plain.remaining() | LAST : plain.remaining();
        try {
            StreamSegmentEncrypter stream = cipher.newStreamSegmentEncrypter(associated(number, head));
            target.putInt(head).put(stream.getHeader());
            stream.encryptSegment(plain, true, target);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot seal", e);
        }
    }

    /// One segment.
    byte[] sealed(byte[] plain, long number, boolean last) {
        var target = ByteBuffer.allocate(plain.length + OVERHEAD);
        seal(ByteBuffer.wrap(plain), number, last, target);
        return target.array();
    }

    /// The bytes of one segment.
    ///
    /// @throws DamagedException if it is not as it was sealed, or has another name or number
    byte[] opened(byte[] sealed, long number) throws DamagedException {
        var target = ByteBuffer.allocate(Math.max(0, sealed.length - OVERHEAD));
        open(ByteBuffer.wrap(sealed), number, target);
        return target.array();
    }

    /// The bytes of one segment, into `target`.
    ///
    /// @param sealed all of the segment and nothing more, which is taken
    /// @throws DamagedException if it is not as it was sealed, or has another name or number
    void open(ByteBuffer sealed, long number, ByteBuffer target) throws DamagedException {
        if (sealed.remaining() < OVERHEAD || length(sealed) != sealed.remaining() - OVERHEAD) {
            throw damaged(number, null);
        }
        try {
            StreamSegmentDecrypter stream = cipher.newStreamSegmentDecrypter();
            var associated = associated(number, sealed.getInt());
            var header = sealed.slice(sealed.position(), STREAM_HEAD);
            stream.init(header, associated);
            sealed.position(sealed.position() + STREAM_HEAD);
            stream.decryptSegment(sealed, 0, true, target);
        } catch (GeneralSecurityException e) {
            throw damaged(number, e);
        }
    }

    /// Fails if this is the last segment and should not be, or should be and is not.
    void requireEnd(ByteBuffer sealed, long number, boolean last) throws DamagedException {
        if (isLast(sealed) != last) {
            throw damaged(number, null);
        }
    }

    private DamagedException damaged(long number, @Nullable Exception cause) {
        return new DamagedException(new String(name, UTF_8), number, cause);
    }

    private byte[] associated(long number, int head) {
        return ByteBuffer.allocate(name.length + Long.BYTES + HEAD)
                .put(name)
                .putLong(number)
                .putInt(head)
                .array();
    }

    /// Sealed bytes are not what was sealed.
    static final class DamagedException extends DamagedBlobException {
        DamagedException(String name, long segment, @Nullable Exception cause) {
            super("segment %d of %s is damaged, or sealed under another key".formatted(segment, name), cause);
        }
    }
}
