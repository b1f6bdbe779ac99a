using System;
using System.Text.Json;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Isolation.Oci.Runtime;

/// <summary>What runc says when it fails, as the refusal HCS would give.</summary>
internal static class RuncFailure
{
    private const string Silence = "runc failed and said nothing.";

    /// <param name="function">The HCS function runc was called for.</param>
    /// <param name="log">Its log, one JSON object a line.</param>
    public static HcsException From(string function, string log)
    {
        string message = LastError(log) ?? Silence;
        int code = Code(message);
        return new HcsException(
            function, code, resultDocument: HcsJson.Write(new ResultError { Error = code, ErrorMessage = message }));
    }

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

        return last;
    }

    private static string? Message(string line)
    {
        try
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            return entry.RootElement.GetProperty("level").GetString() is "error" or "fatal"
                ? entry.RootElement.GetProperty("msg").GetString()
                : null;
        }
        catch (Exception e) when (e is JsonException or System.Collections.Generic.KeyNotFoundException)
        {
            // A panic of runc is no JSON; better that line than none.
            return line;
        }
    }

    private static int Code(string message) =>
        message.Contains("permission denied") ? HResult.AccessDenied
        : message.Contains("exec format error") ? HResult.BadExeFormat
        : message.Contains("no such file or directory") ? HResult.PathNotFound
        : message.Contains("cannot allocate memory") ? HResult.OutOfMemory
        : HResult.Unspecified;
}
