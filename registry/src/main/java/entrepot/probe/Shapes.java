package entrepot.probe;

import entrepot.aws.model.ApiModel;
import entrepot.aws.model.Shape;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Compares answers with what the model says they are made of.
record Shapes(ApiModel model) {

    private static final String JSON = "application/x-amz-json-1.1";

    /// Something in an answer that the model does not have so.
    record Fault(String expected, String found) {}

    List<Fault> faults(String operation, Heard heard) {
        var faults = new ArrayList<Fault>();
        if (!heard.contentType().startsWith(JSON)) {
            faults.add(new Fault("Content-Type " + JSON, heard.contentType()));
        }
        compare(operation, model.operation(operation).output(), heard.json(), faults);
        return faults;
    }

    private void compare(String path, String shape, JsonNode json, List<Fault> faults) {
        switch (model.shape(shape)) {
            case Shape.Structure structure -> structure(path, structure, json, faults);
            case Shape.ListOf list -> {
                if (isA(path, "a list", json.isArray(), json, faults)) {
                    json.forEach(element -> compare(path + "[]", list.element(), element, faults));
                }
            }
            case Shape.MapOf map -> {
                if (isA(path, "an object", json.isObject(), json, faults)) {
                    json.forEach(value -> compare(path + ".*", map.value(), value, faults));
                }
            }
            case Shape.Text text -> {
                if (isA(path, "a text", json.isString(), json, faults)
                        && !text.values().isEmpty()) {
                    isA(path, "one of " + text.values(), text.values().contains(json.asString()), json, faults);
                }
            }
            case Shape.Whole _ -> isA(path, "a whole number", json.isIntegralNumber(), json, faults);
            case Shape.Decimal _, Shape.Time _ -> isA(path, "a number", json.isNumber(), json, faults);
            case Shape.Flag _ -> isA(path, "true or false", json.isBoolean(), json, faults);
            case Shape.Blob _ -> isA(path, "Base64", json.isString(), json, faults);
        }
    }

    private void structure(String path, Shape.Structure structure, JsonNode json, List<Fault> faults) {
        if (!isA(path, "an object", json.isObject(), json, faults)) {
            return;
        }
        for (var name : json.propertyNames()) {
            var member = structure.members().get(name);
            if (member == null) {
                faults.add(new Fault(path + " has no such member", name));
            } else if (!json.path(name).isNull()) {
                compare(path + "." + name, member, json.path(name), faults);
            }
        }
        structure.required().stream()
                .filter(name -> !json.hasNonNull(name))
                .forEach(name -> faults.add(new Fault(path + "." + name, "not there")));
    }

    private static boolean isA(String path, String form, boolean is, JsonNode found, List<Fault> faults) {
        if (!is) {
            var text = found.toString();
            faults.add(new Fault(path + " is " + form, text.substring(0, Math.min(text.length(), 80))));
        }
        return is;
    }
}
