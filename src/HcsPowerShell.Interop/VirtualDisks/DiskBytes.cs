using System;
using System.IO;
using System.Text;

namespace HcsPowerShell.Interop.VirtualDisks;

/// <summary>Reads parts of a virtual disk, whose author is not trusted: none is outside the file or larger than a table.</summary>
internal sealed class DiskBytes(Stream file)
{
    private const int Largest = 1 << 20;

    /// <summary>Length of the file.</summary>
    public long Length => file.Length;

    /// <summary>Reads a part of the file.</summary>
    /// <exception cref="InvalidDataException">The part is not in the file, or too large.</exception>
    public byte[] Read(long offset, long count)
    {
        if (offset < 0 || count is < 0 or > Largest || offset > file.Length - count)
        {
            throw new InvalidDataException($"it names {count} bytes at {offset}, which it does not have");
        }

        var part = new byte[count];
        file.Position = offset;
        for (int read = 0, got; read < part.Length; read += got)
        {
            got = file.Read(part, read, part.Length - read);
            if (got == 0)
            {
                throw new InvalidDataException("it has become shorter");
            }
        }

        return part;
    }

    /// <summary>True when the file has this ASCII text at the offset.</summary>
    public bool Has(long offset, string text) =>
        offset >= 0 && offset <= file.Length - text.Length && IsAt(Read(offset, text.Length), 0, text);

    /// <summary>True when the part has this ASCII text at the offset.</summary>
    public static bool IsAt(byte[] part, int offset, string text) =>
        offset <= part.Length - text.Length && Encoding.ASCII.GetString(part, offset, text.Length) == text;

    /// <summary>Reads a text of UTF-16 without its null characters at the end.</summary>
    /// <exception cref="InvalidDataException">The text is not in the part.</exception>
    public static string Text(Encoding encoding, byte[] part, long offset, long count) =>
        offset < 0 || count < 0 || count % 2 != 0 || offset > part.Length - count
            ? throw new InvalidDataException("it names a text that it does not have")
            : encoding.GetString(part, (int)offset, (int)count).TrimEnd('\0');

    /// <summary>Reads a guid as Windows writes it.</summary>
    public static Guid Guid(byte[] part, int offset)
    {
        var guid = new byte[16];
        Array.Copy(part, offset, guid, 0, guid.Length);
        return new Guid(guid);
    }

    /// <summary>Reads a big-endian number, as VHD files have them; negative when it is too large for a place in a file.</summary>
    public static long BigEndian(byte[] part, int offset, int count)
    {
        ulong number = 0;
        for (int i = 0; i < count; i++)
        {
            number = (number << 8) | part[offset + i];
        }

        return unchecked((long)number);
    }
}
