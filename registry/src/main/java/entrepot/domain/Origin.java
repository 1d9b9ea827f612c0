package entrepot.domain;

/// Where a request comes from, as far as the network and the client say. Source: IAM user guide, "AWS global condition
/// context keys", which policies can ask for it; CloudTrail user guide, "CloudTrail record contents".
///
/// @param address the client's IP address; `aws:SourceIp`
/// @param secure whether the client's way here is encrypted; `aws:SecureTransport`
/// @param userAgent as sent, hence not to be trusted, and empty if there is none; `aws:UserAgent`
/// @param requestId what log lines and answers call the request by
/// @param referer as sent, hence not to be trusted, and empty if there is none; `aws:referer`
public record Origin(String address, boolean secure, String userAgent, String requestId, String referer) {

    /// Of a request that no page led to.
    public Origin(String address, boolean secure, String userAgent, String requestId) {
        this(address, secure, userAgent, requestId, "");
    }
}
