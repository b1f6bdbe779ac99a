using System.Collections.Generic;
using System.Linq;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Errors;

/// <summary>Reads the service's own message about a failure.</summary>
internal static class ServiceMessage
{
    /// <summary>
    /// The useful texts of a result document in one line. The message is often empty, and the events or the attribution
    /// have the text. Empty when there is no document; the document itself when it
    /// cannot be read.
    /// </summary>
    public static string Of(string? resultDocument)
    {
        if (string.IsNullOrWhiteSpace(resultDocument))
        {
            return string.Empty;
        }

        try
        {
            ResultError result = HcsJson.Read<ResultError>(resultDocument!);
            return string.Join(" ", Texts(result).Where(text => !string.IsNullOrWhiteSpace(text)).Distinct());
        }
        catch (HcsDocumentException)
        {
            // The network service answers with a record of its own, whose Error is the text. A document that this module
            // cannot read is still the message of the service.
            return HcsJson.ReadFitting<HnsResponse>(resultDocument!)?.Error?.Trim() is { Length: > 0 } said
                ? said
                : resultDocument!;
        }
    }

    private static IEnumerable<string?> Texts(ResultError result) =>
    [
        result.ErrorMessage?.Trim(),
        .. (result.ErrorEvents ?? []).Select(e => e?.Message?.Trim()),
        .. (result.Attribution ?? [])
            .Where(a => a?.OperationFailure?.Detail is not null)
            .Select(a => $"[{a.OperationFailure!.Detail}]"),
    ];
}
