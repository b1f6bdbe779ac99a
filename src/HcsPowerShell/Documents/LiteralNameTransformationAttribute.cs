using System;
using System.Management.Automation;

namespace HcsPowerShell.Documents;

/// <summary>Keeps text that is a configuration, or the path of one, from becoming a name by its position.</summary>
/// <remarks>
/// An argument without a name is bound to a parameter of its own type first. Such text is none any more here, so the
/// parameter for configurations gets it; by name it is converted, and so a name all the same.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LiteralNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        (inputData is PSObject wrapped ? wrapped.BaseObject : inputData) is string text
        && (ConfigurationText.IsDocument(text) || ConfigurationText.NamesFile(engineIntrinsics.SessionState.Path, text))
            ? new LiteralName(text)
            : inputData;

    private sealed class LiteralName(string text)
    {
        public override string ToString() => text;
    }
}
