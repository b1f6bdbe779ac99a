using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A document that a call to the compute service sends or returns.</summary>
public sealed class CallDocument
{
    private readonly Func<string> _write;

    internal CallDocument(Type type, Func<string> write) => (Type, _write) = (type, write);

    /// <summary>The JSON text, which is written each time. It may contain secrets.</summary>
    public string Json => _write();

    /// <summary>The class of the document; an array type for a list of documents.</summary>
    public Type Type { get; }

    internal static CallDocument OfRequest(HcsDocument document) => new(document.GetType(), () => HcsJson.Write(document));

    /// <summary>The document that a result was read from; null when it was read from none.</summary>
    internal static CallDocument? OfResult(object? result) => result switch
    {
        HcsDocument document => new(document.GetType(), () => HcsJson.Reproduce(document)),
        IEnumerable<ContainerProperties> list =>
            new(typeof(ContainerProperties[]), () => "[" + string.Join(",", list.Select(HcsJson.Reproduce)) + "]"),
        _ => null,
    };
}
