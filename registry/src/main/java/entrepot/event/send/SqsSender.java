package entrepot.event.send;

import entrepot.event.EventSender;
import entrepot.store.Events.Event;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.SendMessageRequest;

/// A queue of Amazon SQS, or of what speaks as it does. One whose name ends in `.fifo` gets the repository as the
/// message's group, in which it keeps the order, and the event's id to know what comes again.
public final class SqsSender implements EventSender {

    private static final Duration CONNECTS_WITHIN = Duration.ofSeconds(5);

    /// Of a group's name, which a repository's may exceed. Source: SQS API, SendMessage.
    private static final int LONGEST_GROUP = 128;

    private final URI queue;
    private final SqsClient client;

    /// Where it is asked, and as whom.
    ///
    /// @param endpoint null for AWS's own of the region
    /// @param credentials null for what the SDK finds
    public record Place(
            URI queue,
            @Nullable URI endpoint,
            String region,
            @Nullable Credentials credentials) {}

    public record Credentials(String accessKeyId, String secretAccessKey) {

        /// Without the secret, so that no log can hold it.
        @Override
        public String toString() {
            return accessKeyId;
        }
    }

    /// @param patience for an answer
    public SqsSender(Place place, Duration patience) {
        this.queue = place.queue();
        this.client = SqsClient.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECTS_WITHIN)
                        .socketTimeout(patience))
                .endpointOverride(place.endpoint())
                .region(Region.of(place.region()))
                .credentialsProvider(provider(place.credentials()))
                .overrideConfiguration(
                        settings -> settings.apiCallTimeout(patience).retryStrategy(retry -> retry.maxAttempts(1)))
                .build();
    }

    private static AwsCredentialsProvider provider(@Nullable Credentials given) {
        return given == null
                ? DefaultCredentialsProvider.builder().build()
                : StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(given.accessKeyId(), given.secretAccessKey()));
    }

    @Override
    public Sent send(List<Event> events) {
        int sent = 0;
        try {
            for (var event : events) {
                client.sendMessage(message(event));
                sent++;
            }
            return new Sent(sent, null);
        } catch (AwsServiceException e) {
            return new Sent(sent, "HTTP status " + e.statusCode() + code(e));
        } catch (SdkException e) {
            return new Sent(sent, String.valueOf(e.getMessage()));
        }
    }

    private static String code(AwsServiceException e) {
        var details = e.awsErrorDetails();
        return details == null || details.errorCode() == null ? "" : ": " + details.errorCode();
    }

    private SendMessageRequest message(Event event) {
        var message = SendMessageRequest.builder().queueUrl(queue.toString()).messageBody(event.document());
        if (queue.getPath().endsWith(".fifo")) {
            message.messageGroupId(group(event)).messageDeduplicationId(event.uuid());
        }
        return message.build();
    }

    /// The end of a long name tells repositories apart more than its beginning does.
    private static String group(Event event) {
        var name = event.repository().substring(event.repository().indexOf('/') + 1);
        return name.substring(Math.max(0, name.length() - LONGEST_GROUP));
    }

    @Override
    public void close() {
        client.close();
    }
}
