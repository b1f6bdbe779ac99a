using System;
using System.Collections;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Prevents the binder from taking a configuration, or the path of one, as a name by its position.</summary>
/// <remarks>
/// The binder first binds a positional argument without a type conversion. This attribute makes such text an object of
/// another type, so the parameter for configurations gets it. When the user names the parameter, the binder converts
/// the object to text, and the text is a name after all. A hashtable, an object or a typed document becomes the text of a
/// document, which the command refuses as a name, and not the name of its class.
/// </remarks>
[AttributeUsage(AttributeTargets.Property)]
public sealed class LiteralNameTransformationAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        DocumentReader.Plain(inputData) switch
        {
            string text when ConfigurationText.IsDocument(text)
                || ConfigurationText.NamesFile(engineIntrinsics.SessionState.Path, text) => new LiteralName(text),
            IDictionary or PSObject or HcsDocument => new LiteralName("{}"),
            _ => inputData,
        };

    private sealed class LiteralName(string text)
    {
        public override string ToString() => text;
    }
}
