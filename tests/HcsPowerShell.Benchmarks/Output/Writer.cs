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
    private const int LineSize = 80;

    // The header, the type, the length, 79 characters and a zero, rounded up to 8 bytes.
    private const int StringSize = 184;

    private readonly string _file = Path.GetTempFileName();

    public Writer()
    {
        string line = new string('x', LineSize - 1) + "\n";
        File.WriteAllText(_file, string.Concat(Enumerable.Repeat(line, FileSize / line.Length)));
    }

    /// <summary>Returns the command line that writes the file, of 16 MiB, this many times.</summary>
    public string[] Command(int times) => ["/bin/cat", .. Enumerable.Repeat(_file, times)];

    /// <summary>Returns the bytes in memory of the lines as strings, when the file is written this many times.</summary>
    public static long BytesOfStrings(int times) => (long)times * (FileSize / LineSize) * StringSize;

    public void Dispose() => File.Delete(_file);
}
