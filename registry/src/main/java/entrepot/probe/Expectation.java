package entrepot.probe;

import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/// What ECR would answer.
///
/// @param words for people
record Expectation(String words, Predicate<Heard> isMet) {

    private static final int REFUSED = 400;

    /// Any of these refusals, in the form that ECR's have: 400, and a name of the model without a namespace.
    static Expectation refusal(String... types) {
        var names = List.of(types);
        return new Expectation(
                REFUSED + " " + String.join(" or ", names),
                heard -> heard.status() == REFUSED
                        && names.contains(heard.type())
                        && !heard.message().isEmpty());
    }

    /// The same, which says this.
    Expectation saying(String text) {
        return new Expectation(
                words + " '" + text + "'",
                heard -> isMet.test(heard) && heard.message().contains(text));
    }

    /// The same, or without a deviation with another status.
    static Expectation unknownOperation() {
        return new Expectation(
                "404 or 400 UnknownOperationException",
                heard -> heard.status() / 100 == 4 && heard.type().equals("UnknownOperationException"));
    }

    /// An operation that is there, whatever it says of what it was sent.
    static Expectation known() {
        return new Expectation(
                "400 SerializationException",
                heard -> heard.status() == REFUSED && heard.type().equals("SerializationException"));
    }

    /// A good answer; what is in it is the model's business.
    static Expectation good() {
        return new Expectation("200", Heard::isGood);
    }

    /// A good answer with a failure of one of these codes.
    static Expectation failure(String... codes) {
        return new Expectation(
                "200 with a failure " + String.join(" or ", codes),
                heard -> heard.isGood()
                        && Arrays.asList(codes)
                                .contains(heard.json()
                                        .path("failures")
                                        .path(0)
                                        .path("failureCode")
                                        .asString("")));
    }

    /// A good answer of which this holds.
    static Expectation good(String words, Predicate<Heard> also) {
        return new Expectation("200, " + words, heard -> heard.isGood() && also.test(heard));
    }
}
