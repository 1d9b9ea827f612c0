package entrepot.auth.sigv4;

import entrepot.auth.Regions;

/// What a signature is good for.
///
/// @param date `yyyyMMdd`, in UTC
/// @param terminator `aws4_request`
record Scope(String date, String region, String service, String terminator) {

    private static final String TERMINATOR = "aws4_request";

    /// Fails with a refusal unless the signature is for this service, a region that is served, and the day of the
    /// request's own time.
    void require(String expectedService, Regions regions, String timestamp) {
        if (!service.equals(expectedService)) {
            throw Refusal.invalid("Credential should be scoped to correct service: '%s'. ".formatted(expectedService));
        }
        if (!regions.serves(regions.meant(region))) {
            throw Refusal.invalid("Credential should be scoped to a valid region.");
        }
        if (!terminator.equals(TERMINATOR)) {
            throw Refusal.invalid("Credential should be scoped with a valid terminator: '%s'.".formatted(TERMINATOR));
        }
        if (!timestamp.startsWith(date) || date.length() != 8) {
            throw Refusal.invalid(("Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from"
                            + " HTTP: '%s' != '%s', from '%s'.")
                    .formatted(date, timestamp.substring(0, 8), timestamp));
        }
    }

    @Override
    public String toString() {
        return String.join("/", date, region, service, terminator);
    }
}
