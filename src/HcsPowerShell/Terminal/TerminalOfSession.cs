using System;
using System.Management.Automation.Host;
using HcsPowerShell.Errors;

namespace HcsPowerShell.Terminal;

/// <summary>Finds the terminal of a PowerShell session.</summary>
internal static class TerminalOfSession
{
    /// <exception cref="NoTerminalException">Input or output is redirected, or the host has no screen.</exception>
    public static ITerminal Open(PSHost host)
    {
        if (Console.IsInputRedirected || Console.IsOutputRedirected || !HasScreen(host))
        {
            throw new NoTerminalException();
        }

        return Environment.OSVersion.Platform == PlatformID.Win32NT ? new WindowsTerminal() : new UnixTerminal();
    }

    /// <summary>
    /// True when the host has a screen. The host of a background runspace has none, even if the process has a terminal.
    /// </summary>
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
