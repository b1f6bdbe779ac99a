using System;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Completion;

/// <summary>Converts a name to a host, and recognizes a host that was received or saved.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class HostTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = inputData.Unwrap();
        return value is HcsHost host ? host
            : Origin.Of(inputData, engineIntrinsics) is { } origin ? origin
            : value is string name ? HcsHosts.Named(name)
            : inputData;
    }
}
