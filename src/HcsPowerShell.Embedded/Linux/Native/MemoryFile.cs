using System;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>A file in memory that another process can open by its path while this one holds it.</summary>
internal sealed class MemoryFile : IDisposable
{
    private readonly FileDescriptor _descriptor;

    private MemoryFile(FileDescriptor descriptor) => _descriptor = descriptor;

    /// <summary>Path by which every process of this user finds it.</summary>
    public string Path => _descriptor.Path;

    /// <summary>The descriptor, to hand to a child.</summary>
    public FileDescriptor Descriptor => _descriptor;

    /// <param name="name">Name that links to it show.</param>
    /// <param name="content">May be empty.</param>
    /// <exception cref="Interop.HcsException">No descriptor or no memory is left.</exception>
    public static MemoryFile Create(string name, byte[] content) => Create(name, content, Libc.MFD_CLOEXEC);

    /// <summary>Creates a file that may be executed and that no process can change.</summary>
    /// <param name="name">Name that links to it show.</param>
    /// <param name="program">An executable file.</param>
    /// <exception cref="Interop.HcsException">No descriptor or no memory is left.</exception>
    public static MemoryFile CreateExecutable(string name, byte[] program)
    {
        MemoryFile file = Create(name, program, Libc.MFD_CLOEXEC | Libc.MFD_ALLOW_SEALING | Libc.MFD_EXEC);
        return Libc.fcntl(file._descriptor.Number, Libc.F_ADD_SEALS, Libc.F_SEAL_ALL) == 0
            ? file
            : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    /// <summary>Reads its current content.</summary>
    public string ReadText() => File.ReadAllText(Path);

    public void Dispose() => _descriptor.Dispose();

    private static MemoryFile Create(string name, byte[] content, uint flags)
    {
        byte[] cname = CString.From(name);
        int number = Libc.memfd_create(cname, flags);
        if (number < 0 && Marshal.GetLastWin32Error() == Errno.EINVAL)
        {
            number = Libc.memfd_create(cname, flags & ~Libc.MFD_EXEC);
        }

        if (number < 0)
        {
            throw SpawnError.From(Marshal.GetLastWin32Error());
        }

        FileDescriptor descriptor = new FileDescriptor(number).OutOfTheWay();
        for (int written = 0; written < content.Length;)
        {
            nint count = Libc.write(descriptor, ref content[written], content.Length - written);
            written += count > 0 ? (int)count : throw SpawnError.From(Marshal.GetLastWin32Error());
        }

        return new MemoryFile(descriptor);
    }
}
