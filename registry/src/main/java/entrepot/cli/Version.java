package entrepot.cli;

import picocli.CommandLine.IVersionProvider;

/// What `--version` says: the version that the jar was built as.
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        var version = Version.class.getPackage().getImplementationVersion();
        return new String[] {"entrepot " + (version == null ? "unpackaged" : version)};
    }
}
