using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>
/// The environment variable that names the host and sandbox of a process; child processes inherit it.
/// </summary>
/// <remarks>
/// <c>HCS_CONTAINER=PROCESS_START_NAMESPACES_ISOLATION-SANDBOX</c>: the first three are those of a
/// <see cref="HostProcess"/>, the last two are 32 hexadecimal digits each.
/// </remarks>
internal static class Marker
{
    public const string Variable = "HCS_CONTAINER";

    private const int LongestPrefix = 128;

    private static readonly byte[] s_first = Encoding.ASCII.GetBytes($"{Variable}=");

    private static readonly byte[] s_later = Encoding.ASCII.GetBytes($"\0{Variable}=");

    private static readonly Regex s_prefix = new(
        $"^{Variable}=([1-9][0-9]{{0,9}})_([1-9][0-9]{{0,18}})_([0-9]{{1,10}}_[0-9]{{1,10}})_[0-9a-f]{{32}}-",
        RegexOptions.CultureInvariant);

    /// <summary>
    /// Gets the text the markers of all sandboxes of an isolation begin with, as in an environment block.
    /// </summary>
    public static string Prefix(HostProcess host, Guid isolation) =>
        FormattableString.Invariant(
            $"{Variable}={host.Key.ProcessId}_{host.Key.StartTicks}_{host.Namespaces}_{isolation:N}-");

    /// <summary>Finds the prefix of the marker in an environment, which may hold anything.</summary>
    /// <returns>Null when there is none, or it names no host.</returns>
    public static (string Prefix, HostProcess Host)? Find(ReadOnlySpan<byte> environment)
    {
        int at = environment.StartsWith(s_first) ? 0 : environment.IndexOf(s_later) + 1;
        ReadOnlySpan<byte> rest = environment.Slice(at, Math.Min(environment.Length - at, LongestPrefix));
        Match match = s_prefix.Match(Encoding.ASCII.GetString(rest.ToArray()));
        return match.Success && int.TryParse(
                match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int processId)
            ? (match.Value, new HostProcess(
                new ProcessKey(processId, ulong.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)),
                match.Groups[3].Value))
            : null;
    }
}
