using System.Collections;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>The host that a command line being completed will use.</summary>
internal static class HostOfCommand
{
    /// <summary>Null where there is none yet, or none of that name.</summary>
    public static HcsHost? Find(IDictionary bound)
    {
        object? given = bound["HcsHost"];
        return (given is PSObject wrapped ? wrapped.BaseObject : given) switch
        {
            HcsHost host => host,
            string name => HcsHosts.Peek(name),
            null => HcsHosts.Peek(),
            _ => Origin.Of(given, engine: null) is { Elsewhere: null } known ? known : null,
        };
    }
}
