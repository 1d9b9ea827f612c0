package entrepot.probe;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// What the model says of each operation: that it is there, and which inputs it does not take.
final class ModelProbes {

    /// Whose names say that they change nothing.
    private static final Pattern READS = Pattern.compile("(Get|Describe|List|BatchGet|BatchCheck).*");

    private final Probing probing;
    private final Samples samples;

    /// @param repository a name that no repository has
    ModelProbes(Probing probing, String repository) {
        this.probing = probing;
        this.samples = new Samples(probing.model(), repository);
    }

    /// @param writes whether operations that change something are asked, too
    void run(boolean writes) {
        for (var operation : operations()) {
            probing.see(operation, "input that is no JSON", "{", Expectation.known());
            if (writes || reads(operation)) {
                bounds(operation);
            }
        }
        operations().stream().filter(ModelProbes::reads).forEach(this::good);
    }

    private List<String> operations() {
        return probing.model().names().stream().sorted().toList();
    }

    private static boolean reads(String operation) {
        return READS.matcher(operation).matches();
    }

    private void bounds(String operation) {
        for (var violation : Violations.of(samples, operation)) {
            var heard = probing.see(operation, violation.point(), violation.input(), refused(operation));
            if (refused(operation).isMet().test(heard) && !names(heard, violation.member())) {
                probing.report()
                        .differs(new Deviation(
                                operation,
                                violation.point(),
                                "Invalid parameter at '" + violation.member() + "' failed to satisfy constraint: …",
                                heard.brief()));
            }
        }
    }

    /// Some operations declare the newer exception for it.
    private Expectation refused(String operation) {
        return probing.model().operation(operation).errors().contains("ValidationException")
                ? Expectation.refusal("InvalidParameterException", "ValidationException")
                : Expectation.refusal("InvalidParameterException");
    }

    private static boolean names(Heard heard, String member) {
        var text = heard.message().toLowerCase(Locale.ROOT);
        return heard.type().equals("ValidationException")
                || (text.startsWith("invalid parameter at '")
                        && text.contains("failed to satisfy constraint: '")
                        && text.contains(member.toLowerCase(Locale.ROOT)));
    }

    /// What can be asked of nothing in particular, and the same of a repository that is not there.
    private void good(String operation) {
        var input =
                probing.model().structure(probing.model().operation(operation).input());
        if (input.required().isEmpty()) {
            probing.see(operation, "nothing in particular", samples.structure(name(operation)), answered(operation));
        } else if (input.required().contains("repositoryName")) {
            probing.see(
                    operation,
                    "a repository that is not there",
                    samples.structure(name(operation)),
                    Expectation.refusal("RepositoryNotFoundException")
                            .saying("The repository with name '" + samples.repository()
                                    + "' does not exist in the registry with id '"));
        }
    }

    private String name(String operation) {
        return probing.model().operation(operation).input();
    }

    /// Some registries have nothing to show.
    private Expectation answered(String operation) {
        var absent = Set.copyOf(probing.model().operation(operation).errors().stream()
                .filter(error -> error.endsWith("NotFoundException"))
                .toList());
        return absent.isEmpty()
                ? Expectation.good()
                : new Expectation(
                        "200, or 400 " + String.join(" or ", absent),
                        heard -> heard.isGood() || (heard.status() == 400 && absent.contains(heard.type())));
    }
}
