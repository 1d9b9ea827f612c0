package entrepot.domain;

/// What the texts of errors share.
final class ErrorWords {

    private ErrorWords() {}

    static String invalid(String parameter, String constraint) {
        return "Invalid parameter at '%s' failed to satisfy constraint: '%s'".formatted(parameter, constraint);
    }

    static AccountId account(Repository repository) {
        return repository.registry().account();
    }
}
