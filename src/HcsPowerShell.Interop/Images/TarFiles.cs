using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;

namespace HcsPowerShell.Interop.Images;

/// <summary>
/// The files of an archive that is a tar file. Only the headers are read, and the small files that are asked for;
/// nothing is written to a disk.
/// </summary>
internal sealed class TarFiles : IImageFiles
{
    private const int BlockSize = 512;

    // An image has a file or three for each of its layers.
    private const int MostFiles = 100_000;
    private const int MostHeaderBytes = 1 << 16;

    // Fields of a header.
    private const int NameLength = 100;
    private const int SizeField = 124;
    private const int SizeLength = 12;
    private const int ChecksumField = 148;
    private const int ChecksumLength = 8;
    private const int TypeField = 156;
    private const int MagicField = 257;
    private const int PrefixField = 345;
    private const int PrefixLength = 155;

    private readonly FileStream _file;
    private readonly Dictionary<string, (long Start, long Size)> _files = new(StringComparer.Ordinal);

    private TarFiles(string path, FileStream file)
    {
        Path = path;
        _file = file;
    }

    public string Path { get; }

    /// <summary>Opens a tar file and reads its headers.</summary>
    /// <exception cref="ImageException">It is no tar file, or cut off.</exception>
    public static TarFiles Open(string path, CancellationToken abandoned)
    {
        FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        TarFiles files = new(path, file);
        try
        {
            files.ReadHeaders(abandoned);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public long? SizeOf(string name) => _files.TryGetValue(name, out var found) ? found.Size : null;

    public byte[]? Read(string name)
    {
        if (!_files.TryGetValue(name, out var found))
        {
            return null;
        }

        ImageFileLimit.Require(Path, name, found.Size);
        return Read(found.Start, (int)found.Size);
    }

    public void Dispose() => _file.Dispose();

    private void ReadHeaders(CancellationToken abandoned)
    {
        // What a header before an entry says of it: its name where that is long, and its size.
        string? longName = null;
        long? longSize = null;
        for (long at = 0; at < _file.Length;)
        {
            abandoned.ThrowIfCancellationRequested();
            byte[] header = Read(at, BlockSize);
            if (header.All(part => part == 0))
            {
                return;
            }

            RequireHeader(header, at);
            char type = (char)header[TypeField];
            bool isOfNext = type is 'x' or 'L';
            long size = (isOfNext ? null : longSize) ?? SizeIn(header);
            long start = at + BlockSize;
            if (size < 0 || size > _file.Length - start)
            {
                throw Damaged("it is cut off");
            }

            switch (type)
            {
                case 'x':
                    (longName, longSize) = ReadExtension(Small(start, size));
                    break;
                case 'L':
                    longName = Text(Small(start, size), 0, (int)size);
                    break;
                case '0' or '\0':
                    Add(longName ?? NameIn(header), start, size);
                    break;
            }

            if (!isOfNext)
            {
                longName = null;
                longSize = null;
            }

            at = start + ((size + BlockSize - 1) / BlockSize * BlockSize);
        }
    }

    // As for every other program, the last file of a name counts.
    private void Add(string name, long start, long size)
    {
        _files[name.StartsWith("./", StringComparison.Ordinal) ? name.Substring(2) : name] = (start, size);
        if (_files.Count > MostFiles)
        {
            throw Unreadable($"it has more than {MostFiles} files");
        }
    }

    private byte[] Small(long start, long size) =>
        size <= MostHeaderBytes ? Read(start, (int)size) : throw Unreadable("a header in it is too large");

    // Lines of the form 'LENGTH NAME=VALUE\n', where the length is that of the whole line.
    private (string? Name, long? Size) ReadExtension(byte[] content)
    {
        string? name = null;
        long? size = null;
        for (int at = 0; at < content.Length;)
        {
            int space = Array.IndexOf(content, (byte)' ', at);
            if (space < 0
                || !int.TryParse(
                    Text(content, at, space - at), NumberStyles.None, CultureInfo.InvariantCulture, out int length)
                || length <= space - at + 1
                || length > content.Length - at)
            {
                throw Unreadable("an extended header in it is none");
            }

            string line = Encoding.UTF8.GetString(content, space + 1, at + length - space - 1).TrimEnd('\n');
            if (line.StartsWith("path=", StringComparison.Ordinal))
            {
                name = line.Substring("path=".Length);
            }
            else if (line.StartsWith("size=", StringComparison.Ordinal))
            {
                size = long.TryParse(
                    line.Substring("size=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    ? number
                    : throw Unreadable("a size in it is no number");
            }

            at += length;
        }

        return (name, size);
    }

    private void RequireHeader(byte[] header, long at)
    {
        if (header[0] == 0x1F && header[1] == 0x8B && at == 0)
        {
            throw Unreadable("it is compressed by gzip; uncompress it first");
        }

        long sum = header.Sum(part => (long)part);
        for (int i = ChecksumField; i < ChecksumField + ChecksumLength; i++)
        {
            sum += ' ' - header[i];
        }

        if (OctalIn(header, ChecksumField, ChecksumLength) != sum)
        {
            throw at == 0 ? Unreadable("it is no tar file") : Damaged("the header of a file in it is none");
        }
    }

    private static string NameIn(byte[] header)
    {
        string name = Text(header, 0, NameLength);

        // The older format of GNU has other fields in the place of the prefix.
        string prefix = Text(header, MagicField, 6) == "ustar" ? Text(header, PrefixField, PrefixLength) : string.Empty;
        return prefix.Length == 0 ? name : $"{prefix}/{name}";
    }

    // More than eight gibibytes are a number of base 256, marked by the first bit.
    private static long SizeIn(byte[] header) => (header[SizeField] & 0x80) == 0
        ? OctalIn(header, SizeField, SizeLength) ?? -1
        : header[SizeField] != 0x80 || header[SizeField + 4] >= 0x80
            || header.Skip(SizeField + 1).Take(3).Any(part => part != 0)
            ? -1
            : header.Skip(SizeField + 4).Take(8).Aggregate(0L, (number, part) => (number << 8) | part);

    private static long? OctalIn(byte[] header, int field, int length)
    {
        string text = Text(header, field, length).Trim(' ');
        return text.Length > 0 && text.All(digit => digit is >= '0' and <= '7') ? Convert.ToInt64(text, 8) : null;
    }

    private static string Text(byte[] content, int start, int length)
    {
        int end = Array.IndexOf(content, (byte)0, start, length);
        return Encoding.UTF8.GetString(content, start, end < 0 ? length : end - start);
    }

    private byte[] Read(long start, int length)
    {
        byte[] content = new byte[length];
        _file.Position = start;
        for (int read = 0; read < length;)
        {
            int count = _file.Read(content, read, length - read);
            read += count > 0 ? count : throw (start == 0 ? Unreadable("it is no tar file") : Damaged("it is cut off"));
        }

        return content;
    }

    private ImageException Unreadable(string reason) =>
        new(ImageProblem.Unreadable, Path, $"'{Path}' cannot be read: {reason}.");

    private ImageException Damaged(string reason) =>
        new(ImageProblem.Damaged, Path, $"'{Path}' is damaged: {reason}.");
}
