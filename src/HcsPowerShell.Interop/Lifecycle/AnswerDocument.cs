using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Interop.Lifecycle;

/// <summary>
/// Reads the answers of the service. An answer that cannot be read is a failure of the service, not of the request.
/// </summary>
internal static class AnswerDocument
{
    /// <summary>Reads one document.</summary>
    /// <param name="function">The HCS function that answered.</param>
    /// <param name="systemId">Id of the system the call was made on, if any.</param>
    /// <param name="answer">The text; null or empty when there was none.</param>
    /// <exception cref="HcsException">ERROR_INVALID_DATA: there is no answer, or it cannot be read.</exception>
    internal static T Read<T>(string function, string? systemId, string? answer)
        where T : HcsDocument
    {
        string text = Require(function, systemId, answer);
        try
        {
            return HcsJson.Read<T>(text);
        }
        catch (HcsDocumentException e)
        {
            throw Unreadable(function, systemId, e);
        }
    }

    /// <summary>
    /// Reads a list. Its items are read as the caller takes them; an item that cannot be read fails then.
    /// </summary>
    /// <exception cref="HcsException">
    /// ERROR_INVALID_DATA: there is no answer, or it does not begin as a list.
    /// </exception>
    internal static IEnumerable<T> ReadList<T>(string function, string? answer)
        where T : HcsDocument
    {
        IEnumerable<T> items = Items(function, HcsJson.ReadList<T>(Require(function, null, answer)));

        // An answer that is not a list is refused here, where the other library can still be asked.
        _ = items.Any();
        return items;
    }

    /// <summary>Reads a list of guids.</summary>
    /// <exception cref="HcsException">ERROR_INVALID_DATA: there is no answer, or it is no such list.</exception>
    internal static IReadOnlyList<Guid> ReadGuids(string function, string? answer)
    {
        string text = Require(function, null, answer);
        try
        {
            using JsonDocument list = HcsJson.Parse(text);
            return [.. list.RootElement.EnumerateArray().Select(item => Guid.Parse(item.GetString()!))];
        }
        catch (Exception e) when (e is HcsDocumentException || HcsJson.IsUnreadable(e))
        {
            throw Unreadable(function, null, e);
        }
    }

    private static IEnumerable<T> Items<T>(string function, IEnumerable<T> list)
    {
        using IEnumerator<T> items = list.GetEnumerator();
        while (Next(function, items))
        {
            yield return items.Current;
        }
    }

    private static bool Next<T>(string function, IEnumerator<T> items)
    {
        try
        {
            return items.MoveNext();
        }
        catch (HcsDocumentException e)
        {
            throw Unreadable(function, null, e);
        }
    }

    private static string Require(string function, string? systemId, string? answer) =>
        string.IsNullOrWhiteSpace(answer)
            ? throw Unreadable(function, systemId, new HcsDocumentException("$", "it is empty"))
            : answer!;

    private static HcsException Unreadable(string function, string? systemId, Exception cause) =>
        new(function, HResult.InvalidData, systemId, inner: cause);
}
