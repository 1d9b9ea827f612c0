package entrepot.iam;

import static org.assertj.core.api.Assertions.assertThat;

import entrepot.aws.Service;
import entrepot.aws.protocol.ApiError;
import entrepot.domain.Content;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryXmlTest {

    private static final Service IAM = Service.iam(List.of());

    public record Names(List<String> policyNames, boolean isTruncated, String marker) {}

    @Test
    void an_answer_has_its_members_in_the_models_order_and_texts_escaped() {
        var output = new Names(List.of("a<b", "</member>&\"'"), true, "é");

        assertThat(text(QueryXml.answer(IAM, "ListUserPolicies", output, "id")))
                .endsWith("<ListUserPoliciesResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\">"
                        + "<ListUserPoliciesResult><PolicyNames><member>a&lt;b</member>"
                        + "<member>&lt;/member&gt;&amp;\"'</member></PolicyNames><IsTruncated>true</IsTruncated>"
                        + "<Marker>é</Marker></ListUserPoliciesResult>"
                        + "<ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></ListUserPoliciesResponse>");
    }

    @Test
    void a_refusal_cannot_be_broken_out_of() {
        var error = new ApiError(404, "NoSuchEntity", "</Message><Code>Other</Code>");

        assertThat(text(QueryXml.refusal(IAM, error, "id")))
                .endsWith("<ErrorResponse xmlns=\"https://iam.amazonaws.com/doc/2010-05-08/\"><Error>"
                        + "<Type>Sender</Type><Code>NoSuchEntity</Code>"
                        + "<Message>&lt;/Message&gt;&lt;Code&gt;Other&lt;/Code&gt;</Message></Error>"
                        + "<RequestId>id</RequestId></ErrorResponse>");
    }

    private static String text(Content content) {
        return new String(((Content.Bytes) content).bytes(), StandardCharsets.UTF_8);
    }
}
