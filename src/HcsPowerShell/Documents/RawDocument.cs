using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Converts JSON text, a hashtable or an object for a member that holds any JSON.</summary>
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
