using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Makes a typed document of what a user gives for one.</summary>
internal static class DocumentReader
{
    /// <summary>
    /// Takes a typed document, JSON text, a hashtable or an object. A name the document does not have is kept in JSON
    /// text and refused in a hashtable, where it can only be a slip.
    /// </summary>
    /// <exception cref="HcsDocumentException">Names the member and what is wrong with it.</exception>
    public static T Read<T>(object value)
        where T : HcsDocument
    {
        object plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {

            // A copy: commands complete what they are given, and this one is still the user's.
            T document => HcsJson.Read<T>(HcsJson.Write(document)),
            string json => HcsJson.Read<T>(json),
            _ => ReadStrict<T>(DocumentText.From(plain)),
        };
    }

    /// <summary>The schema a document names; null when it names none, as schema 1 documents do.</summary>
    /// <exception cref="HcsDocumentException">The text is not JSON.</exception>
    public static SchemaVersion? SchemaOf(object value)
    {
        object plain = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        return plain switch
        {
            ComputeSystem document => document.SchemaVersion,
            HcsDocument => null,
            _ => HcsJson.Read<ComputeSystem>(plain as string ?? DocumentText.From(plain)).SchemaVersion,
        };
    }

    private static T ReadStrict<T>(string json)
        where T : HcsDocument
    {
        T document = HcsJson.Read<T>(json);
        return DocumentMembers.Unknown(document).FirstOrDefault() is { } unknown
            ? throw new HcsDocumentException(unknown, $"{typeof(T).Name} has no such member")
            : document;
    }
}
