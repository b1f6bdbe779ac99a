using System;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.Storage;

/// <summary>Detects the file system type of an image by the magic number in its first kilobytes.</summary>
internal static class FileSystemType
{
    private const int Examined = 4096;

    private static readonly (string Type, int Offset, byte[] Mark)[] s_marks =
    [
        ("ext4", 0x438, [0x53, 0xEF]),
        ("squashfs", 0, [(byte)'h', (byte)'s', (byte)'q', (byte)'s']),
        ("xfs", 0, [(byte)'X', (byte)'F', (byte)'S', (byte)'B']),
        ("erofs", 0x400, [0xE2, 0xE1, 0xF5, 0xE0]),
    ];

    /// <returns>The kernel's name of the type; null when it is none of ext4, squashfs, xfs and erofs.</returns>
    public static string? Of(FileDescriptor image)
    {
        byte[] start = new byte[Examined];
        int length = (int)Libc.pread(image, ref start[0], start.Length, 0);

        foreach ((string type, int offset, byte[] mark) in s_marks)
        {
            if (offset + mark.Length <= length && start.AsSpan(offset, mark.Length).SequenceEqual(mark))
            {
                return type;
            }
        }

        return null;
    }
}
