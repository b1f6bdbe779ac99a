using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Contract.Counting;

/// <summary>The current descriptors, threads and child processes of this process on Linux.</summary>
/// <remarks>
/// Resources of the runtime are left out: files that it loads, and objects that its thread pool and its sockets wait
/// with.
/// </remarks>
public sealed class ProcessResources
{
    private static readonly string[] s_ofContainers =
    [
        "pipe:", "socket:", "anon_inode:[pidfd]", "/dev/pt", "/dev/loop", "/proc/", "/sys/fs/cgroup", "/var/lib/hcspowershell",
        "/memfd:",
    ];

    private readonly HashSet<string> _then = [.. Now()];

    /// <summary>The names of the resources that were added since and are still there.</summary>
    public IEnumerable<string> Since => Now().Where(one => !_then.Contains(one));

    private static IEnumerable<string> Now() => [.. Descriptors(), .. Threads(), .. Children()];

    private static IEnumerable<string> Descriptors() =>
        from file in Directory.GetFiles("/proc/self/fd")
        let target = Target(file)
        where s_ofContainers.Any(kind => target.StartsWith(kind, StringComparison.Ordinal))

            // The listing itself, and the two programs that this process keeps until its end.
            && !target.EndsWith("/fd", StringComparison.Ordinal)
            && !target.StartsWith("/memfd:hcs-", StringComparison.Ordinal)
        select $"descriptor {Path.GetFileName(file)} on {target}";

    private static IEnumerable<string> Threads() =>
        from thread in Directory.GetDirectories("/proc/self/task")
        let name = Read(Path.Combine(thread, "comm"))

        // The kernel truncates names to 15 characters; the whole process has a single reactor.
        where name.StartsWith("HCS embedded", StringComparison.Ordinal) && name != "HCS embedded ho"
        select $"thread {Path.GetFileName(thread)} '{name}'";

    private static IEnumerable<string> Children() =>
        from process in Directory.GetDirectories("/proc")
        where char.IsAsciiDigit(Path.GetFileName(process)[0])
        let stat = Read(Path.Combine(process, "stat"))
        let fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)
        where fields.Length > 1 && int.Parse(fields[1], CultureInfo.InvariantCulture) == Environment.ProcessId
        select $"child process {Path.GetFileName(process)} {stat[(stat.IndexOf('(') + 1)..stat.LastIndexOf(')')]}";

    private static string Target(string link)
    {
        try
        {
            return new FileInfo(link).LinkTarget ?? string.Empty;
        }
        catch (IOException)
        {
            // The descriptor was closed meanwhile.
            return string.Empty;
        }
    }

    private static string Read(string file)
    {
        try
        {
            return File.ReadAllText(file).TrimEnd('\n');
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The thread or process has ended meanwhile.
            return string.Empty;
        }
    }
}
