using System.IO;
using System.Runtime.InteropServices;
using HcsPowerShell.Embedded.Contracts;

namespace HcsPowerShell.Embedded.Linux.Native;

/// <summary>Kind, owner, permissions and size of a file.</summary>
/// <param name="Kind">S_IF constant.</param>
/// <param name="UserId">Its owner.</param>
/// <param name="GroupId">Its group.</param>
/// <param name="Mode">Permission bits.</param>
/// <param name="Size">Bytes; 0 for files without a size of their own, such as files the kernel generates.</param>
internal sealed record FileStatus(uint Kind, uint UserId, uint GroupId, uint Mode, ulong Size)
{
    // Mode bits: the permissions of the group and of others.
    private const uint Others = 0x3F;
    private const uint WriteOfOthers = 0x12;
    private const uint Sticky = 0x200;

    public bool IsFolder => Kind == Libc.S_IFDIR;

    public bool IsFile => Kind == Libc.S_IFREG;

    public bool IsLink => Kind == Libc.S_IFLNK;

    public bool IsBlockDevice => Kind == Libc.S_IFBLK;

    /// <summary>A socket or a FIFO.</summary>
    public bool IsPipe => Kind is Libc.S_IFSOCK or Libc.S_IFIFO;

    /// <summary>True when root owns it and no other user may write to it.</summary>
    public bool IsRootsAlone => UserId == 0 && (IsLink || (Mode & WriteOfOthers) == 0);

    /// <summary>True for a folder of root in which no other user can replace a file of root.</summary>
    public bool KeepsFilesOfRoot => IsRootsAlone || (UserId == 0 && IsFolder && (Mode & Sticky) != 0);

    /// <summary>True when only its owner has permissions for it.</summary>
    public bool IsClosed => (Mode & Others) == 0;

    /// <exception cref="IOException">The kernel refuses.</exception>
    public static FileStatus Of(FileDescriptor file) => Libc.statx(file, out Libc.FileAttributes attributes) == 0
        ? From(attributes)
        : throw new KernelException("A file cannot be looked at", Marshal.GetLastWin32Error());

    /// <summary>
    /// Gets the status of the file at an absolute path, without following a link at its end; null when there is none.
    /// </summary>
    public static FileStatus? Of(string path) =>
        Libc.statx(CString.From(path), out Libc.FileAttributes attributes) == 0 ? From(attributes) : null;

    private static FileStatus From(in Libc.FileAttributes attributes) => new(
        attributes.Mode & Libc.S_IFMT, attributes.UserId, attributes.GroupId, attributes.Mode & ~Libc.S_IFMT, attributes.Size);
}
