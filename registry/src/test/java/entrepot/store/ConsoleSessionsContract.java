package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.AccountId;
import entrepot.store.AccessKeys.AccessKey;
import entrepot.store.ConsoleSessions.Session;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

public abstract class ConsoleSessionsContract extends TablesContract {

    private static final AccountId ACCOUNT = new AccountId("123456789012");
    private static final String KEY = "AKIAABCDEFGHIJKLMNOP";
    private static final String OTHER = "AKIAQRSTUVWXYZ234567";

    @BeforeEach
    void two_keys() {
        write(tx -> tx.accessKeys().create(AccessKey.ofRoot(KEY, "s3cret", ACCOUNT, NOW)));
        write(tx -> tx.accessKeys().create(AccessKey.ofRoot(OTHER, "s3cret", ACCOUNT, NOW)));
    }

    @Test
    void a_session_is_found_until_it_is_ended() {
        var session = begin(1, KEY, NOW);

        assertThat(found(tx -> tx.consoleSessions().find(hash(1)))).contains(session);
        assertThat(found(tx -> tx.consoleSessions().find(hash(2)))).isEmpty();

        write(tx -> tx.consoleSessions().end(hash(1)));
        write(tx -> tx.consoleSessions().end(hash(1)));

        assertThat(found(tx -> tx.consoleSessions().find(hash(1)))).isEmpty();
    }

    @Test
    void it_goes_with_its_key() {
        begin(1, KEY, NOW);
        begin(2, OTHER, NOW);

        write(tx -> tx.accessKeys().delete(KEY));

        assertThat(isThere(1)).isFalse();
        assertThat(isThere(2)).isTrue();
    }

    @Test
    void a_key_has_no_more_than_so_many_and_those_begun_first_go() {
        begin(9, OTHER, NOW);
        for (int i = 1; i <= 4; i++) {
            begin(i, KEY, NOW.plusSeconds(i));
        }

        assertThat(isThere(1)).isFalse();
        assertThat(isThere(2)).isTrue();
        assertThat(isThere(4)).isTrue();
        assertThat(isThere(9)).isTrue();
    }

    @Test
    void those_that_have_ended_go_when_another_one_begins() {
        begin(1, KEY, NOW);

        begin(2, OTHER, NOW.plusSeconds(59));
        assertThat(isThere(1)).isTrue();
        begin(3, OTHER, NOW.plusSeconds(60));

        assertThat(isThere(1)).isFalse();
    }

    private Session begin(int number, String key, Instant at) {
        var session = new Session(key, at, at.plusSeconds(60));
        write(tx -> tx.consoleSessions().begin(hash(number), session, 3));
        return session;
    }

    private boolean isThere(int number) {
        return found(tx -> tx.consoleSessions().find(hash(number))).isPresent();
    }

    private static byte[] hash(int number) {
        return new byte[] {7, (byte) number};
    }
}
