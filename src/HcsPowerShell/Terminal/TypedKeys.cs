using System;
using System.Management.Automation.Host;

namespace HcsPowerShell.Terminal;

/// <summary>Reads the keys that the user types at the terminal of a session while a command shows something.</summary>
internal sealed class TypedKeys(PSHost host)
{
    private readonly bool _isTerminal = !Console.IsInputRedirected && TerminalOfSession.HasScreen(host);

    /// <summary>True while keys can be read.</summary>
    public bool AreRead { get; private set; } = true;

    /// <summary>The key that was typed; null when there is none.</summary>
    public char? Read()
    {
        AreRead &= _isTerminal;
        try
        {
            return AreRead && host.UI.RawUI.KeyAvailable
                ? host.UI.RawUI.ReadKey(ReadKeyOptions.NoEcho | ReadKeyOptions.IncludeKeyDown).Character
                : null;
        }
        catch (Exception e) when (e is HostException or NotImplementedException or InvalidOperationException)
        {
            // The host has a screen and no keys.
            AreRead = false;
            return null;
        }
    }
}
