package entrepot.job;

import java.time.Duration;

/// Has new connections get the certificate that lies in the configured files now.
///
/// @param renew looks whether it is another one
public record CertificateRenewal(Runnable renew) implements Job {

    @Override
    public Scope scope() {
        return Scope.EACH_NODE;
    }

    @Override
    public Duration every() {
        return Duration.ofSeconds(2);
    }

    @Override
    public boolean step(Failures failures) {
        renew.run();
        return false;
    }
}
