package dev.firedrill.scenarios.cli;

import picocli.CommandLine.IVersionProvider;

/** The version of this build, from its manifest. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = FiredrillCommand.class.getPackage().getImplementationVersion();
        return new String[] {"firedrill " + (version == null ? "(not packaged)" : version), "Java " + Runtime.version()
        };
    }
}
