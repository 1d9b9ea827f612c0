package entrepot.upstream.wire;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What may be connected to: any public address, and besides the hosts that the operator named, wherever they are. A
/// name is looked up once for each connection, and what was looked at is what is connected to, so that a name which
/// changes its address meanwhile gains nothing by it.
///
/// @param allowed hosts, lower case: `harbor.example.com` for its ports 80 and 443, `localhost:5001` for that one
public record Targets(Set<String> allowed) {

    private static final ExecutorService LOOKUPS = Executors.newVirtualThreadPerTaskExecutor();

    public Targets {
        allowed = allowed.stream().map(host -> host.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    public static Targets allowing(String... hosts) {
        return new Targets(Set.of(hosts));
    }

    /// Whether the operator named it.
    public boolean allows(Origin target) {
        var host = target.host().contains(":") ? "[" + target.host() + "]" : target.host();
        var isStandard = target.port() == 443 || target.port() == 80;
        return allowed.contains(host + ":" + target.port()) || (isStandard && allowed.contains(host));
    }

    /// The addresses of a host that may be connected to, at least one.
    ///
    /// @throws ForbiddenTargetException if it has none
    /// @throws IOException if it cannot be looked up, or not within the time
    List<InetAddress> addresses(Origin target, Duration patience) throws IOException {
        var all = lookup(target.host(), patience);
        var usable = allows(target)
                ? List.of(all)
                : Stream.of(all).filter(PublicAddresses::contain).toList();
        if (usable.isEmpty()) {
            throw new ForbiddenTargetException(target);
        }
        return usable;
    }

    /// The JDK's lookup knows no time-out.
    private static InetAddress[] lookup(String host, Duration patience) throws IOException {
        var found = LOOKUPS.submit(() -> InetAddress.getAllByName(host));
        try {
            return found.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the host %s is not known".formatted(host), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the host %s could not be looked up in time".formatted(host), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            found.cancel(true);
        }
    }
}
