using System;

namespace HcsPowerShell.Shell;

internal static class Program
{
    private static int Main(string[] arguments)
    {
        // The engine reports module imports over the network unless told otherwise; a tool that runs unattended must not.
        if (Environment.GetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT") is null)
        {
            Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        }

        return new Shell(CommandLine.Parse(arguments)).Run();
    }
}
