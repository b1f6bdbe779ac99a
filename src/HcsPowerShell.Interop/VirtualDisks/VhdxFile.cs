using System;
using System.Collections.Generic;
using System.IO;
using System.Text;

namespace HcsPowerShell.Interop.VirtualDisks;

/// <summary>Reads what a VHDX file says of its parent (MS-VHDX 2.2.3 and 2.6).</summary>
internal static class VhdxFile
{
    private const long RegionTable = 192 << 10;
    private const long SecondRegionTable = 256 << 10;
    private const int TableSize = 64 << 10;
    private const int EntrySize = 32;
    private const int MostEntries = 2047;
    private const uint HasParent = 2;

    private static readonly Guid s_metadata = new("8B7CA206-4790-4B9A-B8FE-575F050F886E");
    private static readonly Guid s_fileParameters = new("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    private static readonly Guid s_parentLocator = new("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C");
    private static readonly Guid s_vhdxLocator = new("B04AEFB7-D19E-4A81-B789-25B8E9445913");

    public static bool Is(DiskBytes file) => file.Has(0, "vhdxfile");

    /// <summary>The paths of the parent, in the order in which they are tried; null for a disk without a parent.</summary>
    /// <exception cref="InvalidDataException">The file is no VHDX file, or damaged.</exception>
    public static IReadOnlyList<string>? ParentPaths(DiskBytes file)
    {
        long metadata = MetadataOf(file, RegionTable) ?? MetadataOf(file, SecondRegionTable)
            ?? throw new InvalidDataException("it has no table of regions");
        byte[] table = file.Read(metadata, TableSize);
        if (!DiskBytes.IsAt(table, 0, "metadata"))
        {
            throw new InvalidDataException("it has no metadata");
        }

        (long offset, uint length)? parameters = null;
        (long offset, uint length)? locator = null;
        int count = BitConverter.ToUInt16(table, 10);
        for (int i = 1; i <= Checked(count); i++)
        {
            Guid item = DiskBytes.Guid(table, i * EntrySize);
            (long, uint) place = (
                metadata + BitConverter.ToUInt32(table, (i * EntrySize) + 16), BitConverter.ToUInt32(table, (i * EntrySize) + 20));
            parameters = item == s_fileParameters ? place : parameters;
            locator = item == s_parentLocator ? place : locator;
        }

        if (parameters is not { } known)
        {
            throw new InvalidDataException("its metadata lacks the file parameters");
        }

        uint flags = BitConverter.ToUInt32(file.Read(known.offset + 4, 4), 0);
        return (flags & HasParent) == 0 ? null
            : locator is { } parent ? PathsIn(file.Read(parent.offset, parent.length))
            : throw new InvalidDataException("it has a parent and does not name it");
    }

    private static long? MetadataOf(DiskBytes file, long place)
    {
        if (!file.Has(place, "regi"))
        {
            return null;
        }

        byte[] table = file.Read(place, TableSize);
        uint count = BitConverter.ToUInt32(table, 8);
        for (int i = 0; i < Checked(count); i++)
        {
            int entry = 16 + (i * EntrySize);
            if (DiskBytes.Guid(table, entry) == s_metadata)
            {
                return BitConverter.ToInt64(table, entry + 16);
            }
        }

        return null;
    }

    private static int Checked(uint count) =>
        count <= MostEntries ? (int)count : throw new InvalidDataException($"a table of it has {count} entries");

    private static int Checked(int count) => Checked((uint)count);

    private static List<string> PathsIn(byte[] locator)
    {
        const int HeaderSize = 20;
        const int PairSize = 12;
        if (locator.Length < HeaderSize || DiskBytes.Guid(locator, 0) != s_vhdxLocator)
        {
            throw new InvalidDataException("its parent is of another kind than a VHDX file");
        }

        int count = BitConverter.ToUInt16(locator, 18);
        if (count > (locator.Length - HeaderSize) / PairSize)
        {
            throw new InvalidDataException("the list of the names of its parent is too short");
        }

        Dictionary<string, string> pairs = new(StringComparer.Ordinal);
        for (int i = 0; i < count; i++)
        {
            int pair = HeaderSize + (i * PairSize);
            string key = Text(pair, pair + 8);
            pairs[key] = Text(pair + 4, pair + 10);
        }

        List<string> paths = [];
        foreach (string key in new[] { "relative_path", "absolute_win32_path" })
        {
            if (pairs.TryGetValue(key, out string? path) && path.Length > 0)
            {
                paths.Add(path);
            }
        }

        return paths;

        string Text(int offset, int length) => DiskBytes.Text(
            Encoding.Unicode, locator, BitConverter.ToUInt32(locator, offset), BitConverter.ToUInt16(locator, length));
    }
}
