using System;
using System.IO;
using System.Text.Json;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Linux.Oci.Runtime;

/// <summary>Converts a failure of runc to the error that HCS would return.</summary>
/// <remarks>
/// The messages of runc are for its developers: they name files inside this host, and change from one release to the
/// next. So they become the message of the inner exception, and nothing is concluded from them.
/// </remarks>
internal static class RuncFailure
{
    // For the message; a log may have any length.
    private const int LongestWords = 2000;

    private const string Silence = "runc said nothing.";

    /// <param name="function">The HCS function runc was called for.</param>
    /// <param name="log">Log of runc, one JSON object per line.</param>
    public static HcsException From(string function, string log) => Refusal.Refused(
        function,
        HResult.Unspecified,
        "runc has refused; the last of the inner exceptions has its words.",
        new IOException(LastError(log) ?? Silence));

    private static string? LastError(string log)
    {
        string? last = null;
        foreach (string line in log.Split('\n'))
        {
            if (line.Length > 0 && Message(line) is { } message)
            {
                last = message;
            }
        }

        return last is { Length: > LongestWords } ? last.Substring(0, LongestWords) : last;
    }

    private static string? Message(string line)
    {
        try
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            return Text(entry.RootElement, "level") is not { } level ? line
                : level is not ("error" or "fatal") ? null
                : Text(entry.RootElement, "msg") ?? line;
        }
        catch (Exception e) when (HcsJson.IsUnreadable(e))
        {
            // A panic of runc is not JSON, and a text may contain half a character. The raw line is better than none.
            return line;
        }
    }

    private static string? Text(JsonElement entry, string member) =>
        entry.ValueKind == JsonValueKind.Object
        && entry.TryGetProperty(member, out JsonElement value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
