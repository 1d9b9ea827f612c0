package entrepot.operation.image;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import entrepot.auth.Authentication;
import entrepot.auth.KeyUsage;
import entrepot.auth.Regions;
import entrepot.auth.sigv4.SigV4;
import entrepot.auth.sigv4.SignedRequest;
import entrepot.auth.sigv4.SignedRequest.Header;
import entrepot.auth.token.RegistryTokens;
import entrepot.domain.Law;
import entrepot.domain.Limits;
import entrepot.domain.Manifest;
import entrepot.domain.ManifestBytes;
import entrepot.operation.Permissions;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/// What every push and pull goes through, again and again: how many bytes of memory one call asks for, on whatever
/// thread, and how much CPU it takes. `scripts/speed-guard` compares that with the commit before.
final class HotFunctions {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int WARM_UP = 2_000;
    private static final int ROUNDS = 3;
    private static final int CALLERS = 16;

    private static final String SIGNATURE = "fd737cc5fba215589f71fd9b8cf6e7add845bb00796218b3408ecbb96f9e30dd";
    private static final String BODY_HASH = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";

    private final HotRegistry registry;
    private final ManifestBytes manifest;
    private final AtomicLong next = new AtomicLong();
    private final Map<String, LongConsumer> functions = new TreeMap<>();

    private HotFunctions(HotRegistry registry) {
        this.registry = registry;
        this.manifest = registry.manifest(-1);
        functions.put("manifest-parse", _ -> parse());
        functions.put("sigv4-verify", verify());
        functions.put("policy-decision", decide());
        functions.put("token-check", check());
        functions.put("manifest-get", i -> registry.get(i % WARM_UP));
    }

    /// An empty folder; then a function and how often to call it, or nothing for all of them. Prints a line for
    /// each: name, bytes, nanoseconds of CPU.
    public static void main(String... arguments) throws Exception {
        try (var registry = new HotRegistry(Path.of(arguments[0]))) {
            var hot = new HotFunctions(registry);
            if (arguments.length > 1) {
                hot.repeat(arguments[1], Integer.parseInt(arguments[2]));
                return;
            }
            hot.puts(WARM_UP);
            hot.functions.forEach((name, function) -> hot.measure(name, () -> repeat(function, WARM_UP), WARM_UP));
            hot.measure("put-image", () -> hot.puts(WARM_UP), WARM_UP);
        }
    }

    private void repeat(String name, int count) {
        puts(WARM_UP);
        if (name.equals("put-image")) {
            puts(count);
        } else {
            repeat(Objects.requireNonNull(functions.get(name)), count);
        }
    }

    private static void repeat(LongConsumer function, int count) {
        for (var i = 0; i < count; i++) {
            function.accept(i);
        }
    }

    /// The least of some rounds, since whatever else the JVM does only adds to it.
    private void measure(String name, Runnable work, int count) {
        work.run();
        var bytes = Long.MAX_VALUE;
        var nanos = Long.MAX_VALUE;
        for (var round = 0; round < ROUNDS; round++) {
            var cpu = SYSTEM.getProcessCpuTime();
            var allocated = THREADS.getTotalThreadAllocatedBytes();
            work.run();
            bytes = Math.min(bytes, THREADS.getTotalThreadAllocatedBytes() - allocated);
            nanos = Math.min(nanos, SYSTEM.getProcessCpuTime() - cpu);
        }
        System.out.printf("%s\t%d\t%d%n", name, bytes / count, nanos / count);
    }

    private void parse() {
        var json = ManifestReader.read(manifest);
        var type = new ManifestType(Manifest.ownType(json, Law.ECR), null).orStored(Optional::empty);
        Manifest.of(json, type, Law.ECR, Limits.ECR);
    }

    private LongConsumer verify() {
        var verifier = new SigV4(registry.keys, new KeyUsage(), Regions.ANY, HotRegistry.CLOCK);
        var request = new SignedRequest(
                "POST",
                "/",
                "",
                List.of(
                        new Header("Host", "localhost:5000"),
                        new Header("Content-Type", "application/x-amz-json-1.1"),
                        new Header("X-Amz-Target", "AmazonEC2ContainerRegistry_V20150921.PutImage"),
                        new Header("X-Amz-Date", "20260501T120000Z"),
                        new Header(
                                "User-Agent",
                                "aws-cli/2.31.0 md/Botocore#1.44.8 ua/2.1 os/linux#6.18 lang/python#3.13"),
                        new Header("Content-Length", "2"),
                        new Header(
                                "Authorization",
                                "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260501/eu-west-1/ecr/"
                                        + "aws4_request, SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature="
                                        + SIGNATURE)));
        return _ -> {
            var head = (SigV4.Head.Signed) verifier.check(request, "ecr");
            require(head.complete(BODY_HASH, 2) instanceof Authentication.Proven);
        };
    }

    private LongConsumer decide() {
        var need = Permissions.on(HotRegistry.ID, HotRegistry.APP, "PutImage");
        return _ -> require(registry.access.denial(registry.caller, need).isEmpty());
    }

    private LongConsumer check() {
        var token = registry.tokens
                .issue(registry.caller.principal(), HotRegistry.ID, HotRegistry.NOW)
                .token();
        return _ -> require(
                registry.tokens.verify("AWS", token, HotRegistry.NOW) instanceof RegistryTokens.Verification.Valid);
    }

    /// Many at once, so that they share commits.
    private void puts(int count) {
        try (var callers = Executors.newFixedThreadPool(CALLERS)) {
            var puts = IntStream.range(0, count)
                    .mapToObj(_ -> CompletableFuture.runAsync(() -> registry.put(next.getAndIncrement()), callers))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(puts).join();
        }
    }

    private static void require(boolean succeeded) {
        if (!succeeded) {
            throw new IllegalStateException("a function did not do what it is for");
        }
    }
}
