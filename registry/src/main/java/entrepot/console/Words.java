package entrepot.console;

/// Why there is no page, as people are told.
///
/// @param code ECR's name of it; empty where ECR has nothing to do with it
public record Words(String heading, String text, String code) {

    /// The page that says so.
    static final String TEMPLATE = "refusal";

    /// As an answer to somebody who is signed in.
    public Answer answer(int status) {
        return new Answer.Shown(status, heading, TEMPLATE, this);
    }
}
