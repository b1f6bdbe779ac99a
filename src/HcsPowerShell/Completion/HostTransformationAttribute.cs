using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>
/// Converts names and sessions to hosts, and recognizes hosts that were received or saved. The host of a session that is
/// not connected yet is connected once a command uses it.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        if (inputData.Unwrap() is not IList list)
        {
            return Find(inputData, engineIntrinsics) ?? inputData;
        }

        HcsHost?[] hosts = [.. list.Cast<object?>().Select(item => Find(item, engineIntrinsics))];
        return Array.IndexOf(hosts, null) < 0 ? hosts : inputData;
    }

    private static HcsHost? Find(object? given, EngineIntrinsics engine)
    {
        object? value = given.Unwrap();
        return value is HcsHost host ? host
            : value is PSSession session ? HcsHosts.Behind(session.InstanceId) ?? HcsHost.Unconnected(new HostSession(session))
            : Origin.Of(given, engine) is { } origin ? origin
            : value is string name ? HcsHosts.Named(name)
            : null;
    }
}
