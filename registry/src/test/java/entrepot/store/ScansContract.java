package entrepot.store;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.domain.Digest;
import entrepot.domain.ImageScan;
import entrepot.domain.ImageScan.Cause;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.ScanFilter;
import entrepot.domain.ScanStatus;
import entrepot.domain.ScanningConfiguration;
import entrepot.domain.ScanningConfiguration.Frequency;
import entrepot.domain.ScanningConfiguration.Rule;
import entrepot.domain.Severity;
import entrepot.domain.TagMutability;
import entrepot.store.Scans.Place;
import entrepot.store.Scans.Pushed;
import entrepot.store.Scans.Request;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

public abstract class ScansContract extends TablesContract {

    private static final RepositoryName NAME = new RepositoryName("app");
    private static final ImageScan.Source SOURCE = new ImageScan.Source("db 1", NOW);
    private static final ImageScan.Result CLEAN = new ImageScan.Result("ended", NOW.plusSeconds(9), Map.of(), SOURCE);
    private static final Instant CLAIMED = NOW.plusSeconds(60);
    private static final Instant LATEST = NOW.plusSeconds(600);

    private <T> T scans(Function<Scans, T> work) {
        return store().transact(tx -> work.apply(tx.scans()));
    }

    private boolean isSo(Function<Scans, Boolean> work) {
        return scans(work);
    }

    private int number(Function<Scans, Integer> work) {
        return scans(work);
    }

    private <T> List<T> list(Function<Scans, List<T>> work) {
        return scans(work);
    }

    private <T> T one(Function<Scans, Optional<T>> work) {
        return scans(work).orElseThrow();
    }

    private ScanningConfiguration configuration() {
        return scans(all -> all.configuration(REGISTRY));
    }

    private Pushed pushed(long image) {
        return new Pushed(image, repository().id(), Digest.of(Digest.Algorithm.SHA256, new byte[32]), NOW);
    }

    private Repository repository() {
        return store().transact(tx -> tx.repositories()
                .find(REGISTRY, NAME)
                .orElseGet(() -> tx.repositories().create(REGISTRY, NAME, TagMutability.MUTABLE, false, NOW)));
    }

    private ImageScan ask(long image, Cause cause) {
        var request = new Request(
                pushed(image), REGISTRY, ScanningConfiguration.Type.ENHANCED, cause, ScanStatus.PENDING, null);
        scans(all -> {
            all.request(request, NOW);
            return all;
        });
        return list(all -> all.open(LATEST, LATEST, 10)).stream()
                .filter(scan -> scan.image() == image)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_configuration_is_found_as_it_was_put() {
        var rules = List.of(
                new Rule(Frequency.CONTINUOUS_SCAN, List.of(new ScanFilter("a*"), new ScanFilter("b"))),
                new Rule(Frequency.SCAN_ON_PUSH, List.of()));
        var configuration = new ScanningConfiguration(ScanningConfiguration.Type.ENHANCED, rules);
        assertThat(configuration()).isEqualTo(ScanningConfiguration.USUAL);
        scans(all -> {
            all.configure(REGISTRY, ScanningConfiguration.USUAL);
            all.configure(REGISTRY, configuration);
            return all;
        });

        assertThat(configuration()).isEqualTo(configuration);
        assertThat(list(Scans::enhanced)).containsExactly(REGISTRY);
    }

    @Test
    void a_scan_is_claimed_by_one_and_shown_when_it_has_ended() {
        var scan = ask(1, Cause.PUSH);
        assertThat(isSo(all -> all.claim(scan, NOW, LATEST, CLAIMED))).isTrue();
        assertThat(isSo(all -> all.claim(scan, NOW.plusSeconds(1), LATEST, NOW.plusSeconds(61))))
                .isFalse();
        assertThat(list(all -> all.open(NOW.plusSeconds(30), LATEST, 10))).isEmpty();
        assertThat(list(all -> all.open(NOW.plusSeconds(61), LATEST, 10))).hasSize(1);

        assertThat(isSo(all -> all.end(scan, CLAIMED, ScanStatus.COMPLETE, CLEAN)))
                .isTrue();
        assertThat(isSo(all -> all.end(scan, CLAIMED, ScanStatus.FAILED, CLEAN)))
                .isFalse();
        assertThat(isSo(all -> all.keep(scan, CLAIMED, NOW))).isFalse();
        var ended = one(all -> all.find(scan.id()));
        assertThat(ended.status()).isEqualTo(ScanStatus.COMPLETE);
        assertThat(ended.result()).isEqualTo(CLEAN);
    }

    /// As of a node whose clock is put back meanwhile, or of one that was paused for long.
    @Test
    void who_has_lost_his_claim_neither_keeps_nor_ends_the_scan() {
        var scan = ask(1, Cause.PUSH);
        var second = NOW.plusSeconds(121);
        scans(all -> all.claim(scan, NOW, LATEST, CLAIMED));
        assertThat(isSo(all -> all.claim(scan, NOW.plusSeconds(61), LATEST, second)))
                .isTrue();

        assertThat(isSo(all -> all.keep(scan, CLAIMED, NOW.plusSeconds(90)))).isFalse();
        assertThat(isSo(all -> all.end(scan, CLAIMED, ScanStatus.COMPLETE, CLEAN)))
                .isFalse();
        assertThat(isSo(all -> all.keep(scan, second, NOW.plusSeconds(150)))).isTrue();
    }

    @Test
    void a_clock_that_is_put_back_holds_no_scan_for_long() {
        var scan = ask(1, Cause.PUSH);
        scans(all -> all.claim(scan, NOW.plusSeconds(9_000), NOW.plusSeconds(9_120), NOW.plusSeconds(9_060)));

        assertThat(list(all -> all.open(NOW, NOW.plusSeconds(60), 10))).hasSize(1);
        assertThat(isSo(all -> all.claim(scan, NOW, LATEST, CLAIMED))).isTrue();
    }

    @Test
    void one_for_a_change_is_shown_when_it_has_ended_and_not_asked_for_twice() {
        var first = ask(1, Cause.PUSH);
        scans(all -> all.end(first, Instant.EPOCH, ScanStatus.ACTIVE, CLEAN));
        var second = ask(1, Cause.CHANGE);
        ask(1, Cause.CHANGE);
        assertThat(list(all -> all.open(LATEST, LATEST, 10))).hasSize(1);
        assertThat(list(all -> all.over(10))).isEmpty();
        assertThat(list(all -> all.outdated(ScanningConfiguration.Type.ENHANCED, "db 2", 0, 10)))
                .extracting(ImageScan::id)
                .containsExactly(first.id());

        scans(all -> all.end(second, Instant.EPOCH, ScanStatus.ACTIVE, CLEAN));
        assertThat(list(all -> all.over(10))).extracting(ImageScan::id).containsExactly(first.id());
        assertThat(list(all -> all.outdated(ScanningConfiguration.Type.ENHANCED, "db 1", 0, 10)))
                .isEmpty();
    }

    @Test
    void what_was_asked_for_goes_before_what_has_changed() {
        ask(1, Cause.CHANGE);
        ask(2, Cause.PUSH);

        assertThat(list(all -> all.open(LATEST, LATEST, 10)))
                .extracting(ImageScan::image)
                .containsExactly(2L, 1L);
        assertThat(number(all -> all.count(REGISTRY, NOW.minusSeconds(1), 10))).isEqualTo(1);
        assertThat(number(all -> all.count(REGISTRY, NOW, 10))).isZero();
    }

    @Test
    void what_waits_is_counted() {
        ask(1, Cause.CHANGE);
        ask(2, Cause.PUSH);
        ask(3, Cause.PUSH);

        var most = scans(all -> List.of(all.waiting(9), all.waiting(1)));
        assertThat(most).containsExactly(new Scans.Waiting(2, 1), new Scans.Waiting(1, 1));
    }

    @Test
    void findings_come_the_worst_first_from_a_place_on() {
        var scan = ask(1, Cause.PUSH);
        var findings = List.of(finding(Severity.LOW, 1), finding(Severity.CRITICAL, 2), finding(Severity.LOW, 3));
        scans(all -> {
            all.add(scan, findings, Cover.NONE);
            return all;
        });

        assertThat(list(all -> all.findings(scan, Place.START, 2, Cover.NONE)))
                .extracting(Scans.Finding::place)
                .containsExactly(2, 1);
        assertThat(list(all -> all.findings(scan, new Place(Severity.LOW, 1), 2, Cover.NONE)))
                .extracting(Scans.Finding::place)
                .containsExactly(3);
        assertThat(isSo(all -> all.removeFindings(scan, 2))).isTrue();
        assertThat(isSo(all -> all.removeFindings(scan, 2))).isFalse();
        assertThat(list(all -> all.findings(scan, Place.START, 2, Cover.NONE))).isEmpty();
    }

    private static Scans.Finding finding(Severity severity, int place) {
        return new Scans.Finding(severity, place, new byte[] {1});
    }

    @Test
    void components_are_kept_for_each_image_the_newest_ones() {
        var scan = ask(1, Cause.PUSH);
        scans(all -> {
            all.keepComponents(scan, new byte[] {1}, Cover.NONE);
            all.keepComponents(scan, new byte[] {2}, Cover.NONE);
            return all;
        });

        var kept = one(all -> all.components(scan, Cover.NONE));
        assertThat(kept).containsExactly(2);
    }
}
