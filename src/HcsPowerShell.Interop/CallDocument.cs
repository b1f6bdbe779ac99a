using System;
using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop;

/// <summary>A document that a call to the compute service sends or returns.</summary>
public sealed class CallDocument
{
    internal CallDocument(string json, Type type) => (Json, Type) = (json, type);

    /// <summary>The JSON text. It may contain secrets.</summary>
    public string Json { get; }

    /// <summary>The class of the document; an array type for a list of documents.</summary>
    public Type Type { get; }

    internal static CallDocument OfRequest(HcsDocument document) => new(HcsJson.Write(document), document.GetType());

    /// <summary>The document that a result was read from; null when it was read from none.</summary>
    internal static CallDocument? OfResult(object? result) => result switch
    {
        HcsDocument document => new(HcsJson.Reproduce(document), document.GetType()),
        IEnumerable<ContainerProperties> list =>
            new("[" + string.Join(",", list.Select(HcsJson.Reproduce)) + "]", typeof(ContainerProperties[])),
        _ => null,
    };
}
