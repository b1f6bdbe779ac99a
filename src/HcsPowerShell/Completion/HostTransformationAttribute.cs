using System;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Takes a host by name where a host is wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            string name => HcsHosts.Find(name) ?? throw new ArgumentTransformationMetadataException(
                $"There is no host '{name}'. Get-HcsHost -All lists the hosts; Connect-HcsHost makes one."),
            HcsHost host => host,

            // A host that came from another process is not one of this process: use the current one.
            _ => null!,
        };
    }
}
