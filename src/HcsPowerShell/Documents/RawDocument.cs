using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Takes JSON text, a hashtable or an object where a document holds JSON of any shape.</summary>
internal static class RawDocument
{
    /// <exception cref="HcsDocumentException">The text is not JSON.</exception>
    public static RawJson Read(object value, string member)
    {
        try
        {
            return new RawJson(value as string ?? DocumentText.From(value));
        }
        catch (FormatException e)
        {
            throw new HcsDocumentException(member, "the text is not valid JSON", e);
        }
    }
}
