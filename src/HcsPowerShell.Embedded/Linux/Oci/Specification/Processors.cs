using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The processors of this machine a container may be given.</summary>
internal static class Processors
{
    private const string Field = "Cpus_allowed_list:";

    private static int s_next;

    /// <summary>Numbers of those this process itself may use.</summary>
    public static IReadOnlyList<int> Available() => Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, System.StringComparison.Ordinal))
            .Substring(Field.Length));

    /// <summary>So many of them, others each time: containers should not crowd on the first.</summary>
    public static IEnumerable<int> Choose(IReadOnlyList<int> available, int count)
    {
        int first = (Interlocked.Increment(ref s_next) - 1) & int.MaxValue;
        return Enumerable.Range(0, count).Select(i => available[(first + i) % available.Count]).OrderBy(number => number);
    }

    /// <param name="list">As the kernel writes it: <c>0-3,6</c>.</param>
    internal static IReadOnlyList<int> Parse(string list) =>
    [
        .. list.Trim().Split(',').Select(range => range.Split('-'))
            .SelectMany(ends => Enumerable.Range(Number(ends[0]), Number(ends[ends.Length - 1]) - Number(ends[0]) + 1)),
    ];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
