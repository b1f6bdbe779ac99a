using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Converts texts, numbers, hashtables and objects to port mappings.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PortMappingTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        try
        {
            return DocumentReader.Plain(inputData) is IEnumerable list and not string and not IDictionary
                ? list.Cast<object?>().Select(Read).ToArray()
                : Read(inputData)!;
        }
        catch (HcsDocumentException e)
        {
            throw new ArgumentTransformationMetadataException(
                VisibleText.OfMessage(e.Path == "$" ? e.Reason : e.Message), e);
        }
    }

    private static HcsPortMapping? Read(object? value) => value is null ? null : DocumentReader.Plain(value) switch
    {
        null => null,
        HcsPortMapping mapping => mapping,
        IDictionary map => HcsPortMapping.Of(map.Keys.Cast<object>().ToDictionary(key => key.ToString()!, key => (object?)map[key])),
        PSObject custom => HcsPortMapping.Of(custom.Properties.ToDictionary(
            property => property.Name, property => (object?)property.Value)),
        var text => HcsPortMapping.Parse(Convert.ToString(text, CultureInfo.InvariantCulture)!),
    };
}
