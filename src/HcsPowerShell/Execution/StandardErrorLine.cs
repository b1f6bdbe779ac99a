using System.Management.Automation;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Execution;

/// <summary>
/// How a command writes a line of standard error: as an error, or as a warning where an error would stop the pipeline.
/// A line is no failure, and a script that stops at failures does not mean it.
/// </summary>
internal static class StandardErrorLine
{
    /// <summary>A warning would stop the pipeline too, so that neither may be written while the process runs.</summary>
    public static bool WouldStop(CommandPreferences preferences) =>
        preferences.ErrorsStop && preferences.WarningsStop;

    public static void Write(PSCmdlet cmdlet, CommandPreferences preferences, string line, HcsProcess process)
    {
        if (preferences.ErrorsStop)
        {
            cmdlet.WriteWarning(line);
        }
        else
        {
            cmdlet.WriteError(HcsErrors.StandardError(line, process));
        }
    }
}
