package entrepot.aws.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.OutputRecord;
import entrepot.domain.Annotations;
import entrepot.domain.ManifestBytes;
import entrepot.domain.StoredManifest;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import tools.jackson.core.JsonGenerator;

/// Writes a record as the model's structure: the members that both have, in the model's order. Null ones are left out.
final class OutputJson {

    /// Of a long manifest, in bytes.
    private static final int PIECE = 128 << 10;

    private final ApiModel model;
    private final JsonGenerator json;

    OutputJson(ApiModel model, JsonGenerator json) {
        this.model = model;
        this.json = json;
    }

    void structure(Shape.Structure shape, Object record) {
        json.writeStartObject();
        shape.members().forEach((name, member) -> {
            var value = OutputRecord.member(record, name);
            if (value != null) {
                json.writeName(name);
                value(model.shape(member), value);
            }
        });
        json.writeEndObject();
    }

    private void value(Shape shape, Object value) {
        switch (shape) {
            case Shape.Structure structure -> structure(structure, value);
            case Shape.ListOf list -> list(model.shape(list.element()), (Collection<?>) value);
            case Shape.MapOf _ when value instanceof Annotations annotations -> json.writeRawValue(annotations.json());
            case Shape.MapOf map -> map(model.shape(map.value()), (Map<?, ?>) value);
            case Shape.Text _ -> text(value);
            case Shape.Whole _ -> json.writeNumber(((Number) value).longValue());
            case Shape.Decimal _ -> json.writeNumber(((Number) value).doubleValue());
            case Shape.Flag _ -> json.writeBoolean((Boolean) value);
            case Shape.Time _ -> json.writeNumber(BigDecimal.valueOf(((Instant) value).toEpochMilli(), 3));
            case Shape.Blob _ -> json.writeBinary((byte[]) value);
        }
    }

    private void list(Shape element, Collection<?> list) {
        json.writeStartArray();
        list.forEach(value -> value(element, value));
        json.writeEndArray();
    }

    private void map(Shape shape, Map<?, ?> map) {
        json.writeStartObject();
        map.forEach((key, value) -> {
            json.writeName(key.toString());
            value(shape, value);
        });
        json.writeEndObject();
    }

    private void text(Object value) {
        switch (value) {
            case ManifestBytes manifest -> utf8(manifest.toByteArray());
            case StoredManifest manifest -> json.writeString(new InputStreamReader(manifest.open(PIECE), UTF_8), -1);
            case Enum<?> constant -> json.writeString(constant.name());
            default -> json.writeString(value.toString());
        }
    }

    private void utf8(byte[] text) {
        json.writeUTF8String(text, 0, text.length);
    }
}
