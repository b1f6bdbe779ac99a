using System;
using System.Globalization;
using HcsPowerShell.Documents;
using HcsPowerShell.Execution;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Base;

/// <summary>
/// Writes what is known of each ended call to the service: its target, code and time to the verbose stream, the same
/// with its documents to the debug stream.
/// </summary>
internal static class CallRecords
{
    /// <summary>True when verbose or debug output is shown or kept.</summary>
    public static bool AreRead(CommandPreferences preferences) => preferences.VerboseIsRead || preferences.DebugIsRead;

    /// <summary>
    /// Reads the preferences now, on the pipeline thread, and returns the listener for an output; null when nobody reads.
    /// </summary>
    public static Func<ICommandOutput, Action<EndedCall>?> Listener(CommandPreferences preferences)
    {
        bool verbose = preferences.VerboseIsRead;
        bool debug = preferences.DebugIsRead;
        return output => !verbose && !debug ? null
            : call => Write(call, verbose ? output.Verbose : null, debug ? output.Debug : null);
    }

    /// <summary>Writes one record of a call to each stream that is read.</summary>
    public static void Write(EndedCall call, Action<string>? verbose, Action<string>? debug)
    {
        string name = call.Function + (call.SystemId is { } id ? $" '{VisibleText.OfName(id)}'" : string.Empty);
        string milliseconds = call.Elapsed.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture);
        string line = $"{name}: 0x{call.HResult:X8}, {milliseconds} ms";
        verbose?.Invoke(line);
        debug?.Invoke(line + Line("Request", call.Request) + Line("Answer", call.Answer));
    }

    private static string Line(string title, CallDocument? document) => document is null ? string.Empty
        : $"{Environment.NewLine}{title}: {VisibleText.OfName(SecretMask.Show(document.Json, document.Type))}";
}
