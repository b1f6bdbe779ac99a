using System;
using System.IO;
using System.Linq;

namespace HcsPowerShell.Benchmarks.Output;

/// <summary>
/// A process that writes lines as fast as its pipe accepts them: <c>cat</c> of a file in the page cache.
/// </summary>
internal sealed class Writer : IDisposable
{
    private const int FileSize = 16 << 20;

    private readonly string _file = Path.GetTempFileName();

    public Writer()
    {
        string line = new string('x', 79) + "\n";
        File.WriteAllText(_file, string.Concat(Enumerable.Repeat(line, FileSize / line.Length)));
    }

    /// <summary>Returns the command line that writes the file, of 16 MiB, this many times.</summary>
    public string[] Command(int times) => ["/bin/cat", .. Enumerable.Repeat(_file, times)];

    public void Dispose() => File.Delete(_file);
}
