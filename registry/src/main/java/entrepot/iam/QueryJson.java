package entrepot.iam;

import entrepot.aws.Service;
import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.OutputRecord;
import entrepot.domain.Content;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// Writes answers as the Query protocol has them for whoever asks for `application/json`: the elements of the XML as
/// members, lists as arrays, times in seconds since 1970. Null members are left out.
record QueryJson(ApiModel model) {

    private static final JsonMapper JSON = new JsonMapper();

    static Content.Bytes answer(Service api, String action, Object output, String requestId) {
        var model = api.model();
        var shape = model.operation(action).output();
        var answer = new LinkedHashMap<String, Object>();
        if (!shape.isEmpty()) {
            answer.put(action + "Result", new QueryJson(model).structure(model.structure(shape), output));
        }
        answer.put("ResponseMetadata", Map.of("RequestId", requestId));
        return bytes(Map.of(action + "Response", answer));
    }

    static Content.Bytes refusal(ApiError error, String requestId) {
        var told = new LinkedHashMap<String, Object>();
        told.put("Code", error.code());
        told.put("Message", error.message());
        told.put("Type", QueryAnswer.fault(error));
        var answer = new LinkedHashMap<String, Object>();
        answer.put("Error", told);
        answer.put("RequestId", requestId);
        return bytes(answer);
    }

    private Map<String, Object> structure(Shape.Structure shape, Object record) {
        var members = new LinkedHashMap<String, Object>();
        shape.members().forEach((name, member) -> {
            var value = OutputRecord.member(record, name);
            if (value != null) {
                members.put(name, value(model.shape(member), value));
            }
        });
        return members;
    }

    private Object value(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Structure structure -> structure(structure, value);
            case Shape.ListOf list ->
                ((Collection<?>) value)
                        .stream()
                                .map(one -> value(model.shape(list.element()), one))
                                .toList();
            case Shape.Time _ -> ((Instant) value).getEpochSecond();
            case Shape.Text _ -> value.toString();
            case Shape.Whole _, Shape.Flag _, Shape.Decimal _ -> value;
            case Shape.MapOf _, Shape.Blob _ -> throw new IllegalStateException("no answer has any");
        };
    }

    private static Content.Bytes bytes(Map<String, Object> answer) {
        return new Content.Bytes(JSON.writeValueAsBytes(answer));
    }
}
