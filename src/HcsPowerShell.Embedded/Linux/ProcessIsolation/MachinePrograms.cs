using System;
using System.IO;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.ProcessIsolation;

/// <summary>The program files of this machine.</summary>
internal sealed class MachinePrograms : IProgramFiles
{
    private MachinePrograms()
    {
    }

    public static MachinePrograms Instance { get; } = new();

    public bool FileExists(string path) => File.Exists(path);

    public bool FolderExists(string path) => Directory.Exists(path);

    public bool IsExecutable(string path)
    {
        using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_PATH | Libc.O_CLOEXEC));
        return FileDescriptor.NullIfMissing(file) is not null && FileStatus.Of(file).IsFile && Libc.access(CString.From(path), Libc.X_OK) == 0;
    }

    public byte[]? ReadStart(string path, int length)
    {
        using FileDescriptor file = new(Libc.open(CString.From(path), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC));
        if (file.IsInvalid)
        {
            return null;
        }

        byte[] content = new byte[length];
        int read = (int)Math.Max(0, Libc.pread(file, ref content[0], length, 0));
        Array.Resize(ref content, read);
        return content;
    }
}
