using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;

namespace HcsPowerShell.Embedded.Linux.Oci.Specification;

/// <summary>The processors of this machine that a container can use.</summary>
internal static class Processors
{
    private const string Field = "Cpus_allowed_list:";

    private static int s_next;

    /// <summary>Numbers of the processors that this process may use.</summary>
    public static IReadOnlyList<int> Available() => Parse(
        File.ReadLines("/proc/self/status").First(line => line.StartsWith(Field, System.StringComparison.Ordinal))
            .Substring(Field.Length));

    /// <summary>Chooses some of them, different ones each time, so that containers do not crowd on the first.</summary>
    public static IEnumerable<int> Choose(IReadOnlyList<int> available, int count)
    {
        int first = (Interlocked.Increment(ref s_next) - 1) & int.MaxValue;
        return Enumerable.Range(0, count).Select(i => available[(first + i) % available.Count]).OrderBy(number => number);
    }

    /// <param name="list">List in the format of the kernel: <c>0-3,6</c>.</param>
    internal static IReadOnlyList<int> Parse(string list) =>
    [
        .. list.Trim().Split(',').Select(range => range.Split('-'))
            .SelectMany(ends => Enumerable.Range(Number(ends[0]), Number(ends[ends.Length - 1]) - Number(ends[0]) + 1)),
    ];

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
