package entrepot.console.page;

import entrepot.console.Visit;
import entrepot.console.page.ImagePage.Command;
import entrepot.operation.image.ImageDetail;
import entrepot.operation.repository.RepositoryView;
import java.util.ArrayList;
import java.util.List;

/// What to type to have an image. Nothing in it needs to be quoted: names, tags and digests have no such
/// characters.
record Commands(Visit visit, RepositoryView repository) {

    List<Command> of(ImageDetail image) {
        var tags = ImagePage.tags(image);
        var digest = image.imageDigest().toString();
        var name = repository.repositoryUri() + (tags.isEmpty() ? "@" + digest : ":" + tags.getFirst());
        var commands = new ArrayList<>(logins(visit));
        commands.add(new Command("docker", "docker pull " + name));
        commands.add(new Command("podman", "podman pull " + (isPlain(visit) ? "--tls-verify=false " : "") + name));
        commands.add(new Command("crane", "crane " + (isPlain(visit) ? "--insecure " : "") + "manifest " + name));
        commands.add(new Command(
                "aws",
                aws(visit)
                        + " describe-images --repository-name %s --image-ids imageDigest=%s"
                                .formatted(repository.repositoryName(), digest)));
        return List.copyOf(commands);
    }

    /// How clients log in to the registry.
    static List<Command> logins(Visit visit) {
        var password = aws(visit) + " get-login-password | ";
        var login = " login --username AWS --password-stdin "
                + visit.caller().address().host();
        return List.of(
                new Command("docker login", password + "docker" + login),
                new Command(
                        "podman login", password + "podman" + login + (isPlain(visit) ? " --tls-verify=false" : "")));
    }

    private static String aws(Visit visit) {
        return "aws ecr --region %s --endpoint-url %s"
                .formatted(visit.region(), visit.caller().address().endpoint());
    }

    private static boolean isPlain(Visit visit) {
        return visit.caller().address().scheme().equals("http");
    }
}
