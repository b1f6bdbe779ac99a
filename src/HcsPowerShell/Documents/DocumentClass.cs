using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>Finds the class of a document by the document's name.</summary>
internal static class DocumentClass
{
    public static Type Of(HcsDocumentType document) =>
        typeof(HcsDocument).Assembly.GetType($"{typeof(HcsDocument).Namespace}.{document}", throwOnError: true)!;
}
