using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Text.Json;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Converts values from the user to typed documents.</summary>
internal static class DocumentReader
{
    /// <summary>
    /// Converts a typed document, JSON text, a hashtable or an object. An unknown member name is kept in JSON text. In
    /// a hashtable or an object it is refused, because there it can only be a typing error. A member that is given more
    /// than once is refused everywhere: the last one would win, and nothing would tell the user.
    /// </summary>
    /// <exception cref="HcsDocumentException">The exception names the member and the problem.</exception>
    public static T Read<T>(object value)
        where T : HcsDocument => (T)Read(typeof(T), value);

    /// <summary>The same for a type that is known only at run time.</summary>
    /// <exception cref="HcsDocumentException">The exception names the member and the problem.</exception>
    public static HcsDocument Read(Type type, object value) => Plain(value) switch
    {
        // The result is a copy, because commands complete the document and this one belongs to the user.
        HcsDocument document when document.GetType() == type => HcsJson.Read(type, HcsJson.Write(document)),
        string json => ReadGiven(type, json),
        object other => ReadStrict(type, DocumentText.From(other)),
    };

    /// <summary>
    /// Reads the description of a container: a <see cref="ComputeSystem"/> when it names schema 2, otherwise a
    /// <see cref="ContainerConfig"/>.
    /// </summary>
    /// <exception cref="HcsDocumentException">The exception names the member and the problem.</exception>
    public static HcsDocument ReadConfiguration(object value) =>
        Read(SchemaOf(value)?.CreationType ?? typeof(ContainerConfig), value);

    /// <summary>
    /// The JSON text of a typed document, JSON text, a hashtable or an object. The content is not checked.
    /// </summary>
    /// <exception cref="HcsDocumentException">A value cannot be represented in JSON.</exception>
    public static string TextOf(object value) => Plain(value) as string ?? DocumentText.From(value);

    /// <summary>The value without its <see cref="PSObject"/> wrapper; a custom object keeps the wrapper.</summary>
    public static object Plain(object value) =>
        value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    /// <summary>The schema version that a document names; null when it names none, as in schema 1 documents.</summary>
    private static SchemaVersion? SchemaOf(object value) => Plain(value) switch
    {
        ComputeSystem document => document.SchemaVersion,
        HcsDocument => null,
        _ => HcsJson.Read<ComputeSystem>(TextOf(value)).SchemaVersion,
    };

    private static HcsDocument ReadStrict(Type type, string json)
    {
        HcsDocument document = ReadGiven(type, json);
        Refuse(DocumentMembers.Unknown(document));
        return document;
    }

    private static HcsDocument ReadGiven(Type type, string json)
    {
        HcsDocument document = HcsJson.Read(type, json);
        using JsonDocument given = HcsJson.Parse(json);
        Refuse(DocumentShape.Check(type, given.RootElement, out _).Where(problem => !problem.IsSent));
        return document;
    }

    private static void Refuse(IEnumerable<DocumentProblem> problems)
    {
        if (problems.FirstOrDefault() is { } problem)
        {
            throw new HcsDocumentException(problem.Path, problem.Message.TrimEnd('.'));
        }
    }
}
