using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Native.Unix;
using HcsPowerShell.Interop;
using Microsoft.Win32.SafeHandles;

namespace HcsPowerShell.Embedded.Isolation.Oci.Files;

/// <summary>The files of a container as its processes see them, looked at from outside.</summary>
/// <remarks>Links are followed inside the container only: one that points to <c>/etc</c> means the container's.</remarks>
internal sealed class ContainerFiles : ISandboxFiles
{
    private readonly FileDescriptor _root;

    private ContainerFiles(FileDescriptor root) => _root = root;

    /// <param name="processId">A process of the container, as seen from outside.</param>
    /// <exception cref="HcsException">It has exited.</exception>
    public static ContainerFiles Open(int processId)
    {
        int number = Libc.open(CString.From($"/proc/{processId}/root"), Libc.O_PATH | Libc.O_CLOEXEC);
        return number >= 0
            ? new ContainerFiles(new FileDescriptor(number))
            : throw SpawnError.From(Marshal.GetLastWin32Error());
    }

    public bool FileExists(string path) => Look(path, File.Exists);

    public bool FolderExists(string path) => Look(path, Directory.Exists);

    /// <summary>True when the kernel would let root run it.</summary>
    public bool IsExecutable(string path) => Look(path, file => Libc.access(CString.From(file), Libc.X_OK) == 0);

    public IReadOnlyDictionary<string, string> DefaultEnvironment(string? user)
    {
        ContainerUser who = ContainerUsers.Resolve(this, user);
        return new Dictionary<string, string>
        {
            ["PATH"] = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
            ["HOME"] = who.Home,
            ["USER"] = who.Name ?? who.UserId.ToString(CultureInfo.InvariantCulture),
        };
    }

    /// <summary>The lines of a text file; none when there is no such file.</summary>
    public IReadOnlyList<string> ReadLines(string path)
    {
        List<string> lines = [];
        Read(path, stream =>
        {
            using StreamReader reader = new(stream);
            while (reader.ReadLine() is { } line)
            {
                lines.Add(line);
            }
        });
        return lines;
    }

    /// <summary>The first bytes of a file, as many as it has.</summary>
    public byte[] ReadStart(string path, int length)
    {
        byte[] start = new byte[length];
        int read = 0;
        Read(path, stream => read = stream.Read(start, 0, length));
        Array.Resize(ref start, read);
        return start;
    }

    public void Dispose() => _root.Dispose();

    // A pipe in the place of the file must not hold up the host, so nothing waits for a writer.
    private void Read(string path, Action<Stream> read) => Look(path, file =>
    {
        int number = Libc.open(CString.From(file), Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_CLOEXEC);
        if (number < 0)
        {
            return false;
        }

        using FileStream stream = new(new SafeFileHandle((nint)number, ownsHandle: true), FileAccess.Read);
        read(stream);
        return true;
    });

    private bool Look(string path, Func<string, bool> look)
    {
        Libc.OpenHow how = new() { Flags = Libc.O_PATH | Libc.O_CLOEXEC, Resolve = Libc.RESOLVE_IN_ROOT };
        int number = Libc.openat2(_root, CString.From(path), how);
        if (number < 0)
        {
            return false;
        }

        using FileDescriptor file = new(number);
        return look($"/proc/self/fd/{file.Number}");
    }
}
