using System;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Reads the status of a process.</summary>
internal static class ProcessStatusDocument
{
    /// <summary>
    /// Returns the status; null when there is none. If the document does not say whether the process has exited, the
    /// result of the service's own wait decides: 0 means that the wait has seen the exit.
    /// </summary>
    /// <exception cref="HcsDocumentException">It cannot be read.</exception>
    internal static ProcessStatus? Read(string? document)
    {
        if (string.IsNullOrWhiteSpace(document))
        {
            return null;
        }

        ProcessStatus status = HcsJson.Read<ProcessStatus>(document!);
        if (!status.Exited && status.LastWaitResult == 0)
        {
            using JsonDocument text = HcsJson.Parse(document!);
            status.Exited = !Has(text, nameof(ProcessStatus.Exited)) && Has(text, nameof(ProcessStatus.LastWaitResult));
        }

        return status;
    }

    private static bool Has(JsonDocument document, string member) =>
        document.RootElement.EnumerateObject().Any(m => m.Name.Equals(member, StringComparison.OrdinalIgnoreCase));
}
