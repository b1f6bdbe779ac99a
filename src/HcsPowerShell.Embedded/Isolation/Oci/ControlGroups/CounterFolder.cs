using System;
using System.Buffers.Text;
using System.Collections.Generic;
using HcsPowerShell.Embedded.Isolation.Unix;
using HcsPowerShell.Embedded.Native.Unix;

namespace HcsPowerShell.Embedded.Isolation.Oci.ControlGroups;

/// <summary>The files of a control group, each kept open once it was read; for one thread at a time.</summary>
/// <remarks>To find and open such a file takes the kernel several times as long as to read it, and it can be removed all the same.</remarks>
internal sealed class CounterFolder(string path, ProcReader reader) : IDisposable
{
    private readonly Dictionary<string, FileDescriptor> _files = new(StringComparer.Ordinal);

    /// <summary>Reads a whole file. What is returned is overwritten by the next reading.</summary>
    /// <returns>False when there is no such file, or the group has gone.</returns>
    public bool TryRead(string name, out ReadOnlySpan<byte> content)
    {
        content = default;
        return Open(name) is { } file && reader.TryRead(file, out content);
    }

    /// <summary>A file that holds one number; null when it cannot be read.</summary>
    public ulong? Number(string name) =>
        TryRead(name, out ReadOnlySpan<byte> content) && Utf8Parser.TryParse(content, out ulong number, out _)
            ? number
            : null;

    /// <summary>The number after a name, in a file of such lines; null when there is none.</summary>
    public ulong? Field(string name, ReadOnlySpan<byte> field) =>
        TryRead(name, out ReadOnlySpan<byte> content) ? ProcFields.Find(content, field) : null;

    public void Dispose()
    {
        foreach (FileDescriptor file in _files.Values)
        {
            file.Dispose();
        }

        _files.Clear();
    }

    private FileDescriptor? Open(string name)
    {
        if (_files.TryGetValue(name, out FileDescriptor? known))
        {
            return known;
        }

        FileDescriptor file = new(Libc.open(CString.From($"{path}/{name}"), Libc.O_RDONLY | Libc.O_CLOEXEC));
        if (file.IsInvalid)
        {
            return null;
        }

        _files[name] = file;
        return file;
    }
}
