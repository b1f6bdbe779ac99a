using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Base;

/// <summary>
/// Takes the piped objects that a command on processes cannot act on, so that the command can tell the user what to type
/// instead.
/// </summary>
/// <remarks>
/// The parameter is dynamic and exists only with pipeline input, so that syntax, help and completion do not show it.
/// </remarks>
internal sealed class PipedStranger
{
    /// <summary>The parameter set of the parameter.</summary>
    public const string ParameterSet = "Stranger";

    /// <summary>The object.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = ParameterSet, DontShow = true)]
    [NoProcess]
    [ValidateNotNull]
    public object? PipedObject { get; set; }

    /// <summary>Leaves processes, and objects with the ids of one, to the parameters for processes.</summary>
    [AttributeUsage(AttributeTargets.Property)]
    private sealed class NoProcessAttribute : ArgumentTransformationAttribute
    {
        public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
        {
            object? plain = inputData.Unwrap();
            return (plain is IList list ? list.Cast<object>().Any(IsProcess) : IsProcess(inputData))
                ? throw new ArgumentTransformationMetadataException(
                    "It is a process.", new PSInvalidCastException("It is a process."))
                : inputData;
        }

        private static bool IsProcess(object? value) =>
            value is not null
            && PSObject.AsPSObject(value).Properties is var properties
            && properties["ContainerId"] is not null
            && (properties["ProcessId"] ?? properties["Pid"]) is not null;
    }
}
