using System.Management.Automation;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Execution;

/// <summary>
/// Writes a line of standard error as an error, or as a warning when an error would stop the pipeline. A line on
/// standard error does not mean that the process failed, so it must not stop a script that stops at failures.
/// </summary>
internal static class StandardErrorLine
{
    /// <summary>
    /// True when a warning would stop the pipeline too, so that neither may be written while the process runs.
    /// </summary>
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
