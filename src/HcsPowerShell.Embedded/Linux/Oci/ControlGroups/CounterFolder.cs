using System;
using System.Buffers.Text;
using System.Collections.Concurrent;
using HcsPowerShell.Embedded.Linux.Native;
using HcsPowerShell.Embedded.Linux.Processes;

namespace HcsPowerShell.Embedded.Linux.Oci.ControlGroups;

/// <summary>
/// The files of a control group. Each file stays open after its first read. All members may be called from any thread;
/// only its caller may use a reader.
/// </summary>
/// <remarks>
/// The kernel takes several times as long to find and open such a file as to read it. An open file can still be
/// removed.
/// </remarks>
internal sealed class CounterFolder(string path) : IDisposable
{
    private readonly ConcurrentDictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);
    private volatile bool _isClosed;

    /// <summary>Reads a whole file. The next read overwrites the returned content.</summary>
    /// <returns>False when there is no such file, or the group has gone.</returns>
    public bool TryRead(ProcReader reader, string name, out ReadOnlySpan<byte> content) =>
        TryRead(reader, name, isLine: false, out content);

    /// <summary>Reads a file that holds one number; null when it cannot be read.</summary>
    public ulong? Number(ProcReader reader, string name) =>
        TryRead(reader, name, isLine: true, out ReadOnlySpan<byte> line) && Utf8Parser.TryParse(line, out ulong number, out _)
            ? number
            : null;

    /// <summary>Reads the number after a name, in a file of such lines; null when there is none.</summary>
    public ulong? Field(ProcReader reader, string name, ReadOnlySpan<byte> field) =>
        TryRead(reader, name, out ReadOnlySpan<byte> content) ? ProcFields.Find(content, field) : null;

    public void Dispose()
    {
        _isClosed = true;
        foreach (FileDescriptor file in _files.Values)
        {
            file.Dispose();
        }
    }

    private bool TryRead(ProcReader reader, string name, bool isLine, out ReadOnlySpan<byte> content)
    {
        content = default;
        try
        {
            return Open(name) is { } file
                && (isLine ? reader.TryReadLine(file, out content) : reader.TryRead(file, out content));
        }
        catch (ObjectDisposedException)
        {
            // Another thread has closed it meanwhile.
            return false;
        }
    }

    private FileDescriptor? Open(string name)
    {
        if (_files.TryGetValue(name, out FileDescriptor? known))
        {
            return known;
        }

        FileDescriptor opened = new(Libc.open(CString.From($"{path}/{name}"), Libc.O_RDONLY | Libc.O_CLOEXEC));
        if (opened.IsInvalid)
        {
            return null;
        }

        FileDescriptor file = _files.GetOrAdd(name, opened);
        if (file != opened || _isClosed)
        {
            opened.Dispose();
        }

        return file;
    }
}
