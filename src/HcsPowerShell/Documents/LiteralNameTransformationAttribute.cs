using System;
using System.Management.Automation;
using HcsPowerShell.Hosts;

namespace HcsPowerShell.Documents;

/// <summary>Prevents the binder from taking a configuration, or the path of one, as a name by its position.</summary>
/// <remarks>
/// The binder first binds a positional argument without a type conversion. This attribute makes such text an object of
/// another type, so the parameter for configurations gets it. When the user names the parameter, the binder converts
/// the object to text, and the text is a name after all.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LiteralNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        inputData.Unwrap() is string text
        && (ConfigurationText.IsDocument(text) || ConfigurationText.NamesFile(engineIntrinsics.SessionState.Path, text))
            ? new LiteralName(text)
            : inputData;

    private sealed class LiteralName(string text)
    {
        public override string ToString() => text;
    }
}
