using System;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Documents;

/// <summary>The class behind the name of a document.</summary>
internal static class DocumentClass
{
    public static Type Of(HcsDocumentType document) =>
        typeof(HcsDocument).Assembly.GetType($"{typeof(HcsDocument).Namespace}.{document}", throwOnError: true)!;
}
