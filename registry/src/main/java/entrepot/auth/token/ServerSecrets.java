package entrepot.auth.token;

import entrepot.domain.Haste;
import entrepot.store.MetadataStore;
import entrepot.store.Transaction;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Secrets that sign what the server gives out, under one name. All nodes share them, they outlive a restart, and the
/// first is made when it is first asked for. The newest signs. When another takes its place it stays for as long as
/// anything that it signed may live, so that nobody is logged out.
public final class ServerSecrets {

    private static final Duration ROTATED_AFTER = Duration.ofDays(30);

    /// How long a node may sign by what it has read; far less than a retired secret stays.
    private static final Duration SIGNS_BY = Duration.ofHours(1);

    /// A secret that is not known may be a new one of another node. A flood of them costs a query in this time.
    private static final Duration ASKS_AGAIN_AFTER = Duration.ofSeconds(1);

    private final MetadataStore store;
    private final String name;
    private final Duration lifetime;
    private final InstantSource clock;
    private final SecureRandom random;
    private volatile @Nullable Reading reading;

    /// What was read, and when.
    private record Reading(SecretRing ring, Instant at) {
        /// A clock that was set back makes it old, not eternal.
        boolean isWithin(Duration age, Instant now) {
            return !now.isBefore(at) && now.isBefore(at.plus(age));
        }
    }

    /// @param lifetime how long anything lives at most that is signed here
    public ServerSecrets(
            MetadataStore store, String name, Duration lifetime, InstantSource clock, SecureRandom random) {
        this.store = store;
        this.name = name;
        this.lifetime = lifetime;
        this.clock = clock;
        this.random = random;
    }

    public String name() {
        return name;
    }

    /// The signature of the data by the newest secret; [SigningSecret#SIGNATURE] bytes.
    byte[] sign(byte[] data) {
        return ring(SIGNS_BY).newest().sign(data);
    }

    /// The secrets as they were read last, within an hour: another object when they are read again.
    Object known() {
        return ring(SIGNS_BY);
    }

    /// Whether one of the secrets made the signature.
    boolean signed(byte[] data, byte[] signature) {
        var ring = ring(SIGNS_BY);
        return ring.knowsSigner(signature)
                ? ring.signed(data, signature)
                : ring(ASKS_AGAIN_AFTER).signed(data, signature);
    }

    /// Makes a new secret when the newest is 30 days old, and drops those that are needed no more.
    ///
    /// @param by the store as whoever does this may write to it
    public void rotate(MetadataStore by) {
        var now = clock.instant();
        reading = new Reading(by.transact(tables -> rotated(tables, now)), now);
    }

    private SecretRing rotated(Transaction tables, Instant now) {
        var ring = findOrCreate(tables, now);
        var swept = ring.swept(now);
        var isDue = !now.isBefore(swept.newest().since().plus(ROTATED_AFTER));
        return replaced(tables, ring, isDue ? swept.with(fresh(now), now) : swept);
    }

    private SecretRing ring(Duration age) {
        var now = clock.instant();
        var known = reading;
        if (known != null && known.isWithin(age, now)) {
            return known.ring();
        }
        Haste.refuse();
        return read(age, now);
    }

    /// One thread asks; those that waited for it take its answer.
    private synchronized SecretRing read(Duration age, Instant now) {
        var known = reading;
        if (known == null || !known.isWithin(age, now)) {
            known = new Reading(read(now), now);
            reading = known;
        }
        return known.ring();
    }

    private SecretRing read(Instant now) {
        return store.read(tables -> tables.accessKeys().secret(name))
                .map(SecretRing::parse)
                .filter(ring -> ring.lasts(lifetime))
                .orElseGet(() -> store.transact(tables -> findOrCreate(tables, now)));
    }

    private SecretRing findOrCreate(Transaction tables, Instant now) {
        var stored = tables.accessKeys().secret(name).map(SecretRing::parse);
        return stored.map(ring -> replaced(tables, ring, ring.lasting(lifetime)))
                .orElseGet(() -> create(tables, now));
    }

    private SecretRing create(Transaction tables, Instant now) {
        var ring = new SecretRing(List.of(fresh(now)));
        tables.accessKeys().createSecret(name, ring.toBytes());
        return ring;
    }

    private SecretRing replaced(Transaction tables, SecretRing before, SecretRing after) {
        if (!after.equals(before)) {
            tables.accessKeys().replaceSecret(name, after.toBytes());
        }
        return after;
    }

    private SigningSecret fresh(Instant now) {
        var value = new byte[SigningSecret.LENGTH];
        random.nextBytes(value);
        return new SigningSecret(value, now, lifetime, SigningSecret.NOT_YET);
    }
}
