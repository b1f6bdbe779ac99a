using System;
using System.Management.Automation.Host;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Terminal;

/// <summary>Finds the terminal a session of PowerShell has.</summary>
internal static class TerminalOfSession
{
    /// <exception cref="NoTerminalException">Input or output is redirected, or the host shows nothing to a person.</exception>
    public static ITerminal Open(PSHost host)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || !HasScreen(host))
        {
            throw new NoTerminalException();
        }

        return Environment.OSVersion.Platform == PlatformID.Win32NT ? new WindowsTerminal() : new UnixTerminal();
    }

    /// <summary>The host of a runspace that only computes has none, though the process may have a terminal.</summary>
    public static bool HasScreen(PSHost host)
    {
        try
        {
            _ = host.UI.RawUI.WindowSize;
            return true;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
        {
            return false;
        }
    }
}
