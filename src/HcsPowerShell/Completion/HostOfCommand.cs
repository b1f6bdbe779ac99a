using System.Collections;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Finds the host for a command line that is being completed.</summary>
internal static class HostOfCommand
{
    /// <summary>The host; null when there is none yet, or none with that name.</summary>
    public static HcsHost? Find(IDictionary bound)
    {
        object? given = bound["HcsHost"];
        return given.Unwrap() switch
        {
            HcsHost host => host,
            string name => HcsHosts.Peek(name),
            null => HcsHosts.Peek(),
            _ => Origin.Of(given, engine: null) is { Elsewhere: null } known ? known : null,
        };
    }
}
