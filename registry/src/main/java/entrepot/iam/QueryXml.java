package entrepot.iam;

import entrepot.aws.Service;
import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import entrepot.aws.protocol.ApiError;
import entrepot.aws.protocol.OutputRecord;
import entrepot.domain.Content;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/// Writes answers as the Query protocol has them. Null members are left out.
final class QueryXml {

    private interface Body {
        void write() throws XMLStreamException;
    }

    private final ApiModel model;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final XMLStreamWriter xml;

    private QueryXml(ApiModel model) throws XMLStreamException {
        this.model = model;
        this.xml = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(bytes, "UTF-8");
    }

    static Content.Bytes answer(Service api, String action, Object output, String requestId) {
        try {
            var answer = new QueryXml(api.model());
            answer.document(api, action, output, requestId);
            return new Content.Bytes(answer.bytes.toByteArray());
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a byte array takes everything", e);
        }
    }

    static Content.Bytes refusal(Service api, ApiError error, String requestId) {
        try {
            var answer = new QueryXml(api.model());
            answer.root("ErrorResponse", api, () -> {
                answer.element("Error", () -> {
                    answer.text("Type", QueryAnswer.fault(error));
                    answer.text("Code", error.code());
                    answer.text("Message", error.message());
                });
                answer.text("RequestId", requestId);
            });
            return new Content.Bytes(answer.bytes.toByteArray());
        } catch (XMLStreamException e) {
            throw new IllegalStateException("a byte array takes everything", e);
        }
    }

    private void document(Service api, String action, Object output, String requestId) throws XMLStreamException {
        var shape = model.operation(action).output();
        root(action + "Response", api, () -> {
            if (!shape.isEmpty()) {
                element(action + "Result", () -> structure(model.structure(shape), output));
            }
            element("ResponseMetadata", () -> text("RequestId", requestId));
        });
    }

    private void root(String name, Service api, Body body) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeDefaultNamespace("https://%s.amazonaws.com/doc/%s/".formatted(api.name(), api.version()));
        body.write();
        xml.writeEndElement();
        xml.close();
    }

    private void structure(Shape.Structure shape, Object record) throws XMLStreamException {
        for (var member : shape.members().entrySet()) {
            var value = OutputRecord.member(record, member.getKey());
            if (value != null) {
                element(member.getKey(), () -> value(model.shape(member.getValue()), value));
            }
        }
    }

    private void value(Shape shape, Object value) throws XMLStreamException {
        switch (shape) {
            case Shape.Structure structure -> structure(structure, value);
            case Shape.ListOf list -> list(model.shape(list.element()), (Collection<?>) value);
            case Shape.Time _ ->
                xml.writeCharacters(
                        ((Instant) value).truncatedTo(ChronoUnit.SECONDS).toString());
            case Shape.Text _, Shape.Whole _, Shape.Flag _, Shape.Decimal _ -> xml.writeCharacters(value.toString());
            case Shape.MapOf _, Shape.Blob _ -> throw new IllegalStateException("no answer has any");
        }
    }

    private void list(Shape element, Collection<?> list) throws XMLStreamException {
        for (var value : list) {
            element("member", () -> value(element, value));
        }
    }

    private void text(String name, String text) throws XMLStreamException {
        element(name, () -> xml.writeCharacters(text));
    }

    private void element(String name, Body body) throws XMLStreamException {
        xml.writeStartElement(name);
        body.write();
        xml.writeEndElement();
    }
}
