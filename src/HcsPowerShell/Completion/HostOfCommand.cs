using System.Collections;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Finds the host for a command line that is being completed.</summary>
internal static class HostOfCommand
{
    /// <summary>The host; null when there is none yet, or none with that name.</summary>
    public static HcsHost? Find(IDictionary bound)
    {
        object? given = bound["HcsHost"] ?? bound["Session"];
        given = given.Unwrap() is IList { Count: > 0 } list ? list[0] : given;
        return given.Unwrap() switch
        {
            HcsHost host => host,
            PSSession session => HcsHosts.Behind(session.InstanceId),
            string name => HcsHosts.Peek(name),
            null => HcsHosts.Peek(),
            _ => Origin.Of(given, engine: null) is { Elsewhere: null } known ? known : null,
        };
    }
}
