using System;
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
        where T : HcsDocument => (T)Read(typeof(T), value);

    /// <summary>The same for a type known at run time only.</summary>
    /// <exception cref="HcsDocumentException">Names the member and what is wrong with it.</exception>
    public static HcsDocument Read(Type type, object value) => Plain(value) switch
    {
        // A copy: commands complete what they are given, and this one is still the user's.
        HcsDocument document when document.GetType() == type => HcsJson.Read(type, HcsJson.Write(document)),
        string json => HcsJson.Read(type, json),
        object other => ReadStrict(type, DocumentText.From(other)),
    };

    /// <summary>
    /// Reads what describes a container: a <see cref="ComputeSystem"/> when it names schema 2, a
    /// <see cref="ContainerConfig"/> otherwise.
    /// </summary>
    /// <exception cref="HcsDocumentException">Names the member and what is wrong with it.</exception>
    public static HcsDocument ReadConfiguration(object value) =>
        Read(SchemaOf(value) is { Major: > 1 } ? typeof(ComputeSystem) : typeof(ContainerConfig), value);

    /// <summary>The JSON text of a typed document, JSON text, a hashtable or an object, whatever is in it.</summary>
    /// <exception cref="HcsDocumentException">A value that JSON does not have.</exception>
    public static string TextOf(object value) => Plain(value) as string ?? DocumentText.From(value);

    /// <summary>The value without PowerShell's wrapper; an object that is nothing but properties stays as it is.</summary>
    public static object Plain(object value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>The schema a document names; null when it names none, as schema 1 documents do.</summary>
    private static SchemaVersion? SchemaOf(object value) => Plain(value) switch
    {
        ComputeSystem document => document.SchemaVersion,
        HcsDocument => null,
        _ => HcsJson.Read<ComputeSystem>(TextOf(value)).SchemaVersion,
    };

    private static HcsDocument ReadStrict(Type type, string json)
    {
        HcsDocument document = HcsJson.Read(type, json);
        return DocumentMembers.Unknown(document).FirstOrDefault() is { } unknown
            ? throw new HcsDocumentException(unknown, $"{type.Name} has no such member")
            : document;
    }
}
