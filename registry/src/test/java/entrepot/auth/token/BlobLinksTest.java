package entrepot.auth.token;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.auth.ClockByHand;
import entrepot.auth.KnownKeys;
import entrepot.auth.NewKeys;
import entrepot.auth.Principal;
import entrepot.auth.StoredKeys;
import entrepot.auth.token.BlobLinks.BlobLink;
import entrepot.domain.AccountId;
import entrepot.domain.Digest;
import entrepot.domain.RegistryId;
import entrepot.domain.RepositoryName;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class BlobLinksTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private static final Duration LIFETIME = Duration.ofHours(1);
    private static final ClockByHand CLOCK = new ClockByHand(NOW);

    @AutoClose
    private final StoredKeys store = new StoredKeys();

    private final BlobLinks links = links(store);
    private final BlobLink link = link(store);

    private static BlobLinks links(StoredKeys store) {
        return new BlobLinks(
                new ServerSecrets(store, "blob-link-key", LIFETIME, CLOCK, new SecureRandom()),
                new KnownKeys(store, CLOCK),
                LIFETIME);
    }

    private static BlobLink link(StoredKeys store) {
        var key = new NewKeys(new SecureRandom()).create(new AccountId("123456789012"), Instant.EPOCH);
        store.create(key);
        return new BlobLink(
                Principal.ofRoot(key.account(), key.id()),
                new RegistryId(new AccountId("210987654321"), "eu-west-1"),
                new RepositoryName("team/manifests/app"),
                Digest.parse("sha256:" + "0f".repeat(32)));
    }

    private Optional<BlobLink> verify(String signed, Instant now) {
        var parts = signed.split("\\?", 2);
        return links.verify(parts[0], parts[1], now);
    }

    @Test
    void a_link_leads_to_the_layer_it_was_made_for() {
        var signed = links.sign(link, NOW);

        assertThat(signed)
                .startsWith("/v2-layers/team/manifests/app/sha256:0f0f")
                .contains("X-Amz-Date=20260304T050607Z&X-Amz-Expires=3600&X-Amz-Signature=");
        assertThat(verify(signed, NOW)).hasValue(link);
    }

    @Test
    void a_link_lasts_as_long_as_it_says() {
        var signed = links.sign(link, NOW);

        assertThat(verify(signed, NOW.plusSeconds(3599))).hasValue(link);
        assertThat(verify(signed, NOW.plusSeconds(3600))).isEmpty();
    }

    @Test
    void not_a_character_of_a_link_can_be_changed() {
        var signed = links.sign(link, NOW);

        for (var i = 0; i < signed.length(); i++) {
            if (signed.charAt(i) != '?') {
                var changed = new StringBuilder(signed);
                changed.setCharAt(i, signed.charAt(i) == '0' ? '1' : '0');
                assertThat(verify(changed.toString(), NOW)).isEmpty();
            }
        }
        assertThat(verify(signed + "&a=b", NOW)).isEmpty();
        assertThat(verify(signed + "0", NOW)).isEmpty();
    }

    @Test
    void a_link_dies_with_its_access_key() {
        var signed = links.sign(link, NOW);
        store.delete(link.principal().accessKeyId());

        assertThat(verify(signed, NOW)).isEmpty();
    }

    @Test
    void a_link_outlives_a_restart_and_is_good_on_every_node() {
        assertThat(verify(links(store).sign(link, NOW), NOW)).hasValue(link);
    }

    @Test
    void a_link_of_another_server_is_none() {
        try (var elsewhere = new StoredKeys()) {
            assertThat(verify(links(elsewhere).sign(link(elsewhere), NOW), NOW)).isEmpty();
        }
    }

    @Test
    void what_is_not_signed_is_no_link() {
        assertThat(links.verify("/v2-layers/app/sha256:00", "", NOW)).isEmpty();
        assertThat(links.verify("/v2-layers/app/sha256:00", "&X-Amz-Signature=", NOW))
                .isEmpty();
        assertThat(links.verify("", "", NOW)).isEmpty();
    }
}
