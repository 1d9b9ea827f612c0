package entrepot.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import entrepot.auth.Permission;
import entrepot.auth.Principal;
import entrepot.domain.AccountId;
import entrepot.operation.AuditEvent;
import entrepot.operation.Deed;
import java.io.StringWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// An event as one line of JSON, in the shape of CloudTrail's records. Whatever a client wrote is cut to size and
/// escaped, so that it neither ends the line nor moves a terminal.
///
/// Source: CloudTrail user guide, "CloudTrail record contents", "CloudTrail userIdentity element".
final class AuditLine {

    /// What CloudTrail keeps of a user agent and of an error's message.
    private static final int LONGEST_TEXT = 1_024;

    private static final Pattern READING = Pattern.compile("(Get|List|Describe|BatchGet|BatchCheck|Read)[A-Z].*");

    private static final JsonFactory FACTORY =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private final StringWriter text = new StringWriter(1_024);
    private final JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), text);

    private AuditLine() {}

    static byte[] of(AuditEvent event, Instant now) {
        return new AuditLine().line(event, now);
    }

    static byte[] of(Deed deed, Instant now) {
        return new AuditLine().line(deed, now);
    }

    /// Tells how many events are missing here.
    static byte[] ofGap(long missed, Instant now) {
        return new AuditLine().gap(missed, now);
    }

    private byte[] line(AuditEvent event, Instant now) {
        begin();
        identity(event.principal());
        happened(now, event.service(), event.name());
        field("awsRegion", event.region());
        field("sourceIPAddress", event.origin().address());
        field("userAgent", event.origin().userAgent());
        refusal(event.refusal());
        field("requestID", event.origin().requestId());
        json.writeBooleanProperty("readOnly", READING.matcher(event.name()).matches());
        resources(event.permissions());
        return end("AwsApiCall");
    }

    /// As CloudTrail has what a service does by itself.
    private byte[] line(Deed deed, Instant now) {
        var act = deed.act();
        begin();
        json.writeObjectPropertyStart("userIdentity");
        field("type", "AWSService");
        field("invokedBy", deed.by());
        json.writeEndObject();
        happened(now, act.service(), act.name());
        field("awsRegion", deed.region());
        json.writeObjectPropertyStart("requestParameters");
        new TreeMap<>(act.parameters()).forEach(this::field);
        json.writeEndObject();
        json.writeBooleanProperty("readOnly", false);
        json.writeArrayPropertyStart("resources");
        resource(new Resource(act.resource().value(), act.account()));
        json.writeEndArray();
        if (!deed.details().isEmpty()) {
            json.writeName("serviceEventDetails");
            detail(deed.details());
        }
        return end("AwsServiceEvent");
    }

    private void detail(Object value) {
        switch (value) {
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((name, member) -> {
                    json.writeName(name.toString());
                    detail(member);
                });
                json.writeEndObject();
            }
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(this::detail);
                json.writeEndArray();
            }
            case Number number -> json.writeNumber(number.longValue());
            default -> json.writeString(cut(value.toString()));
        }
    }

    private byte[] gap(long missed, Instant now) {
        begin();
        happened(now, "ecr", "AuditGap");
        json.writeObjectPropertyStart("additionalEventData");
        json.writeNumberProperty("missedEvents", missed);
        json.writeEndObject();
        return end("AwsServiceEvent");
    }

    private void begin() {
        json.writeStartObject();
        field("eventVersion", "1.11");
    }

    private byte[] end(String type) {
        field("eventID", UUID.randomUUID().toString());
        field("eventType", type);
        json.writeBooleanProperty("managementEvent", true);
        field("eventCategory", "Management");
        json.writeEndObject();
        json.close();
        return text.append('\n').toString().getBytes(US_ASCII);
    }

    private void happened(Instant now, String service, String name) {
        field("eventTime", now.truncatedTo(ChronoUnit.SECONDS).toString());
        field("eventSource", service + ".amazonaws.com");
        field("eventName", name);
    }

    private void identity(@Nullable Principal principal) {
        json.writeObjectPropertyStart("userIdentity");
        if (principal == null) {
            field("type", "Unknown");
        } else if (principal.isAnonymous()) {
            field("type", "AWSAccount");
            field("principalId", "");
            field("accountId", principal.accountName());
        } else {
            proven(principal);
        }
        json.writeEndObject();
    }

    private void proven(Principal principal) {
        field("type", principal.isRoot() ? "Root" : "IAMUser");
        field("principalId", principal.id());
        field("arn", principal.arn());
        field("accountId", principal.accountName());
        field("accessKeyId", principal.accessKeyId());
        field("userName", principal.userName());
    }

    private void refusal(AuditEvent.@Nullable Refusal refusal) {
        if (refusal != null) {
            field("errorCode", refusal.code());
            field("errorMessage", refusal.message());
        }
    }

    private void resources(List<Permission> permissions) {
        json.writeArrayPropertyStart("resources");
        permissions.stream()
                .filter(permission -> permission.resource().value().startsWith("arn:"))
                .map(permission -> new Resource(permission.resource().value(), permission.account()))
                .distinct()
                .forEach(this::resource);
        json.writeEndArray();
    }

    private record Resource(String arn, AccountId account) {}

    private void resource(Resource resource) {
        json.writeStartObject();
        field("ARN", resource.arn());
        field("accountId", resource.account().value());
        if (resource.arn().contains(":repository/")) {
            field("type", "AWS::ECR::Repository");
        }
        json.writeEndObject();
    }

    private void field(String name, @Nullable String value) {
        if (value != null) {
            json.writeStringProperty(name, cut(value));
        }
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    }
}
