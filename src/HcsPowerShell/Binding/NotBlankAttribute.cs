using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Binding;

/// <summary>Refuses null and blank text where PowerShell would convert them to a value.</summary>
/// <remarks>
/// PowerShell takes a switch with the value null as present. It converts blank text, or a null in a list, to the number
/// 0 or to the first value of an enumeration.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class NotBlankAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        GivenNull.IsIn(inputData) || IsBlank(inputData) || (inputData is IList list && list.Cast<object>().Any(IsBlank))
            ? throw new ArgumentTransformationMetadataException(
                "The value is null or blank. Leave the parameter out, or give it a value.")
            : inputData;

    private static bool IsBlank(object value) =>
        value.Unwrap() is string text && string.IsNullOrWhiteSpace(text);
}
