package entrepot.operation.cache;

import entrepot.auth.LeastRecentlyUsed;
import entrepot.domain.CacheRule;
import entrepot.domain.CreationTemplate.Occasion;
import entrepot.domain.CreationTemplate.Settings;
import entrepot.domain.Digest;
import entrepot.domain.ImageError;
import entrepot.domain.LayerError;
import entrepot.domain.Reference;
import entrepot.domain.RegistryError;
import entrepot.domain.RegistryException;
import entrepot.domain.RegistryId;
import entrepot.domain.Repository;
import entrepot.domain.RepositoryName;
import entrepot.domain.Tag;
import entrepot.domain.UpstreamFault;
import entrepot.operation.Means;
import entrepot.operation.PullThrough;
import entrepot.operation.repository.TemplateUse;
import entrepot.upstream.UpstreamException;
import entrepot.upstream.UpstreamManifest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Pulls through the cache: what a rule fills a repository with is had from the other registry when it is asked for.
final class CachedPulls implements PullThrough {

    /// How long somebody waits for a manifest that is not here.
    private static final Duration MANIFEST = Duration.ofSeconds(25);

    /// How long somebody waits to hear what a tag is by now that is here.
    private static final Duration REFRESH = Duration.ofSeconds(10);

    /// How long what is about an image is taken for all there is. Source: ECR user guide, "Sync an upstream registry".
    private static final Duration REFERRERS = Duration.ofHours(6);

    private static final Logger LOG = LoggerFactory.getLogger(CachedPulls.class);

    /// How long another registry that did not say what a tag is by now is not asked for it again.
    private static final Duration REST = Duration.ofSeconds(60);

    private static final int UNENTITLED = 10_000;

    /// Who may not have a tag brought, by ARN.
    private record Unentitled(TagChecks.Name name, String principal) {
        static Unentitled of(TagChecks.Name name, Pull pull) {
            return new Unentitled(name, pull.caller().principal().arn());
        }
    }

    private final Means means;
    private final Upstreams upstreams;
    private final KnownRules rules;
    private final PullRights rights;
    private final TemplateUse templates;
    private final TagChecks checks;
    private final TagChecks referrers = new TagChecks();
    private final LeastRecentlyUsed<Unentitled, Instant> unentitled = new LeastRecentlyUsed<>(UNENTITLED);
    private final Flights<TagChecks.Name, Boolean> about = new Flights<>();
    private final ManifestsElsewhere manifests;
    private final BlobFetches layers;
    private final ImageImports imports;

    CachedPulls(Means means, Upstreams upstreams, KnownRules rules, ImageImports imports) {
        var shared = imports.shared();
        this.means = means;
        this.upstreams = upstreams;
        this.rules = rules;
        this.rights = new PullRights(means.decisions());
        this.templates = TemplateUse.with(means);
        this.checks = shared.checks();
        this.manifests = new ManifestsElsewhere(
                shared.coming(),
                means.limits(),
                (name, digest) ->
                        checks.coming(name, digest, means.clock().instant().plus(checkEvery())));
        this.layers = shared.layers();
        this.imports = imports;
    }

    @Override
    public boolean mayFill(RegistryId registry, RepositoryName repository) {
        return rules.mayFill(registry, repository);
    }

    @Override
    public boolean isDue(Pull pull, Tag tag) {
        var name = new TagChecks.Name(pull.registry(), pull.repository(), tag);
        var now = means.clock().instant();
        return mayFill(pull.registry(), pull.repository())
                && checks.isDue(name, now)
                && unentitled
                        .get(Unentitled.of(name, pull))
                        .filter(now::isBefore)
                        .isEmpty();
    }

    @Override
    public Optional<Image> image(Pull pull, Reference reference, @Nullable Digest here) {
        if (here != null && !(reference instanceof Tag)) {
            return Optional.empty();
        }
        var name = new TagChecks.Name(pull.registry(), pull.repository(), reference);
        var rule = rules.of(pull.registry(), pull.repository());
        var repository = repository(pull);
        if (here == null) {
            return rule.flatMap(found -> missing(pull, found, name, repository));
        }
        if (rule.isEmpty() || repository.isEmpty()) {
            return Optional.empty();
        }
        return refreshed(pull, rule.get(), name, repository.get(), here);
    }

    private Optional<Repository> repository(Pull pull) {
        return means.metadata().ask(tx -> tx.repositories().find(pull.registry(), pull.repository()));
    }

    /// A repository that is not there is made for who may have it made, when there is something to put into it.
    private Optional<Image> missing(Pull pull, CacheRule rule, TagChecks.Name name, Optional<Repository> repository) {
        if (repository.isPresent()) {
            rights.require(pull);
            return found(rule, name).map(manifest -> coming(pull, rule, name, repository.get(), manifest));
        }
        var settings = templates
                .settings(pull.registry(), pull.repository(), Occasion.PULL_THROUGH_CACHE)
                .orElse(Settings.USUAL);
        return rights.mayCreate(pull, settings)
                ? found(rule, name).map(manifest -> coming(pull, rule, name, made(pull, settings), manifest))
                : Optional.empty();
    }

    private Repository made(Pull pull, Settings settings) {
        return templates.make(pull.registry(), pull.repository(), settings);
    }

    /// Who asks when others have just had the answer gets the same.
    private Optional<UpstreamManifest> found(CacheRule rule, TagChecks.Name name) {
        return asked(
                rule,
                name.repository(),
                ImageError.UnableToGetUpstreamImage::new,
                () -> manifests.get(name, MANIFEST, () -> known(rule, name), () -> source(rule, name)));
    }

    private Optional<UpstreamManifest> known(CacheRule rule, TagChecks.Name name) {
        var last = name.reference() instanceof Digest digest
                ? Optional.of(digest)
                : checks.last(name, means.clock().instant());
        return last.flatMap(digest -> manifests.coming(rule, name, digest));
    }

    private Source source(CacheRule rule, TagChecks.Name name) throws UpstreamException {
        return Source.of(upstreams, name.registry(), name.repository(), rule);
    }

    private Image coming(
            Pull pull, CacheRule rule, TagChecks.Name name, Repository repository, UpstreamManifest manifest) {
        var principal = pull.caller().principal().arn();
        try {
            var source = source(rule, name);
            imports.begin(new Brought(source, repository, name.reference(), manifest, principal));
        } catch (UpstreamException e) {
            throw new RegistryException(new ImageError.UnableToGetUpstreamImage(Faults.of(e)));
        }
        return image(repository, manifest);
    }

    private static Image image(Repository repository, UpstreamManifest manifest) {
        return new Image(repository, manifest.digest(), manifest.mediaType(), manifest.bytes());
    }

    private Duration checkEvery() {
        return upstreams.settings().checkEvery();
    }

    /// A question that another registry is asked.
    private interface Question<T> {
        T ask() throws UpstreamException, TimeoutException;
    }

    /// Empty where it says that there is no such thing.
    private static <T> Optional<T> asked(
            CacheRule rule,
            RepositoryName repository,
            Function<UpstreamFault, RegistryError> refusal,
            Question<T> question) {
        if (Source.isDenied(rule, repository)) {
            throw new RegistryException(refusal.apply(UpstreamFault.ACCESS_DENIED));
        }
        try {
            return Optional.of(question.ask());
        } catch (UpstreamException e) {
            if (Faults.isAbsent(e)) {
                return Optional.empty();
            }
            throw new RegistryException(refusal.apply(Faults.of(e)));
        } catch (TimeoutException e) {
            throw new RegistryException(refusal.apply(UpstreamFault.UNAVAILABLE));
        } catch (RegistryException e) {
            throw e.error() instanceof ImageError.InvalidManifest
                    ? new RegistryException(refusal.apply(UpstreamFault.UNAVAILABLE))
                    : e;
        }
    }

    /// What is here is good enough where nothing newer can be had.
    private Optional<Image> refreshed(
            Pull pull, CacheRule rule, TagChecks.Name name, Repository repository, Digest here) {
        var coming = checks.coming(name).flatMap(digest -> manifests.coming(rule, name, digest));
        if ((coming.isEmpty() && wasAsked(name, repository)) || !mayImport(pull, name)) {
            return Optional.empty();
        }
        try {
            if (coming.isPresent()) { // also where whoever asked for it did not wait for it
                return coming.map(manifest -> coming(pull, rule, name, repository, manifest));
            }
            var newer = asked(
                            rule,
                            name.repository(),
                            ImageError.UnableToGetUpstreamImage::new,
                            () -> manifests.refreshed(source(rule, name), name, here, REFRESH))
                    .flatMap(Function.identity());
            if (newer.isEmpty()) {
                settle(name, repository);
            }
            return newer.map(manifest -> coming(pull, rule, name, repository, manifest));
        } catch (RegistryException e) {
            checks.settle(name, means.clock().instant().plus(REST));
            return Optional.empty();
        }
    }

    /// Who may not is given what is here for a while.
    private boolean mayImport(Pull pull, TagChecks.Name name) {
        var may = rights.mayImport(pull);
        if (!may) {
            unentitled.put(Unentitled.of(name, pull), means.clock().instant().plus(REST));
        }
        return may;
    }

    /// Whether there is no need to ask, and from when on there is. A tag that cannot be moved stays what it is.
    private boolean wasAsked(TagChecks.Name name, Repository repository) {
        var now = means.clock().instant();
        var due = repository.tagMutability().allowsMoving((Tag) name.reference())
                ? means.metadata()
                        .ask(tx -> tx.cacheImports().checkedAt(repository, name.reference()))
                        .map(at -> at.plus(checkEvery()))
                        .orElse(now)
                : now.plus(checkEvery());
        if (now.isBefore(due)) {
            checks.settle(name, due);
            return true;
        }
        return false;
    }

    private void settle(TagChecks.Name name, Repository repository) {
        var now = means.clock().instant();
        checks.settle(name, now.plus(checkEvery()));
        means.metadata().transact(tx -> {
            tx.cacheImports().checked(repository, name.reference(), now);
            return now;
        });
    }

    @Override
    public Optional<Layer> layer(Pull pull, Digest digest) {
        if (!mayFill(pull.registry(), pull.repository())) {
            return Optional.empty();
        }
        var rule = rules.of(pull.registry(), pull.repository());
        var repository = rule.flatMap(_ -> repository(pull));
        if (repository.isEmpty()) {
            return Optional.empty();
        }
        rights.require(pull);
        return asked(
                rule.get(),
                pull.repository(),
                LayerError.UnableToGetUpstreamLayer::new,
                () -> begun(rule.get(), repository.get(), digest, pull));
    }

    /// Who waits for what another node fetches waits as long as that one does.
    private Layer begun(CacheRule rule, Repository repository, Digest digest, Pull pull)
            throws UpstreamException, TimeoutException {
        var source = Source.of(upstreams, repository, rule);
        var principal = pull.caller().principal().arn();
        var fetch = layers.begin(source, repository, digest, Brought.caller(repository.registry(), principal));
        var size = fetch.awaitSize(BlobFetches.LONGEST);
        return size < 0 ? new Layer.Here() : new Layer.Coming(size, fetch::open);
    }

    /// They are here when this returns, but for those that take long.
    @Override
    public void referrers(Pull pull, Digest subject) {
        var name = new TagChecks.Name(pull.registry(), pull.repository(), subject);
        if (!rules.mayFill(pull.registry(), pull.repository())
                || !referrers.isDue(name, means.clock().instant())) {
            return;
        }
        var rule = rules.of(pull.registry(), pull.repository());
        var repository = rule.flatMap(_ -> repository(pull));
        if (repository.isPresent() && !wasLookedFor(name, repository.get()) && rights.mayImport(pull)) {
            lookFor(pull, rule.get(), name, repository.get());
        }
    }

    private boolean wasLookedFor(TagChecks.Name name, Repository repository) {
        var due = means.metadata()
                .ask(tx -> tx.cacheImports().checkedAt(repository, name.reference()))
                .map(at -> at.plus(REFERRERS));
        due.ifPresent(until -> referrers.settle(name, until));
        return due.filter(means.clock().instant()::isBefore).isPresent();
    }

    private void lookFor(Pull pull, CacheRule rule, TagChecks.Name name, Repository repository) {
        var now = means.clock().instant();
        try {
            var source = source(rule, name);
            var subject = (Digest) name.reference();
            about.get(
                    name,
                    REFRESH,
                    () -> bring(
                            source,
                            repository,
                            subject,
                            pull.caller().principal().arn()));
            referrers.settle(name, now.plus(REFERRERS));
        } catch (UpstreamException | TimeoutException | RuntimeException e) {
            LOG.debug("what is about {} was not had", name, e);
            referrers.settle(name, now.plus(REST));
        }
    }

    /// Each with all that it has. That they were looked for counts when all are here.
    private Boolean bring(Source source, Repository repository, Digest subject, String principal)
            throws UpstreamException {
        var now = means.clock().instant();
        for (var referrer : source.registry().referrers(source.name(), subject)) {
            if (!imports.isHere(repository, referrer.digest())) {
                var manifest = source.registry().manifest(source.name(), referrer.digest());
                imports.bring(new Brought(source, repository, referrer.digest(), manifest, principal));
            }
        }
        means.metadata().transact(tx -> {
            tx.cacheImports().checked(repository, subject, now);
            return now;
        });
        return true;
    }
}
