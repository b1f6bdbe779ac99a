using System;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>Reads how a process is.</summary>
internal static class ProcessStatusDocument
{
    /// <summary>
    /// The status; null when there is none. One that leaves out whether the process has exited is judged by the result of
    /// the service's own wait: 0 means that the wait has seen the exit.
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
