using System;
using System.IO;

namespace HcsPowerShell.Interop.Layers;

/// <summary>
/// Reads the version of a program file of Windows, on every system. The file may come from anybody: no offset in it is
/// believed, and what does not lie in the file is a file without a version.
/// </summary>
internal static class VersionResource
{
    private const uint SignatureOfImage = 0x00004550;
    private const uint SignatureOfVersion = 0xFEEF04BD;
    private const ushort SignatureOfStub = 0x5A4D;
    private const ushort Magic32 = 0x10B;
    private const ushort Magic64 = 0x20B;
    private const int OffsetOfImage = 0x3C;
    private const int SizeOfFileHeader = 20;
    private const int SizeOfSection = 40;
    private const int SizeOfDirectory = 16;
    private const int SizeOfEntry = 8;
    private const int IndexOfResources = 2;
    private const int MostSections = 96;
    private const uint IsFolder = 0x80000000;
    private const uint VersionType = 16;

    // VS_VERSIONINFO: three numbers and the name, up to a multiple of four.
    private const int OffsetOfFixedInfo = 40;
    private const int OffsetOfFileVersion = 8;

    /// <summary>Returns the file version; null when the file has none or cannot be read.</summary>
    public static Version? Read(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            return Read(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <inheritdoc cref="Read(string)"/>
    public static Version? Read(Stream file)
    {
        try
        {
            return new Image(new BinaryReader(file)).Version();
        }
        catch (IOException)
        {
            // An offset that leads out of the file, too.
            return null;
        }
    }

    private sealed class Image(BinaryReader file)
    {
        private long _sections;
        private int _countOfSections;

        public Version? Version()
        {
            if (UInt16At(0) != SignatureOfStub)
            {
                return null;
            }

            long image = UInt32At(OffsetOfImage);
            if (UInt32At(image) != SignatureOfImage)
            {
                return null;
            }

            long header = image + sizeof(uint);
            long optional = header + SizeOfFileHeader;
            _countOfSections = Math.Min(UInt16At(header + 2), (ushort)MostSections);
            _sections = optional + UInt16At(header + 16);
            int directories = UInt16At(optional) switch { Magic32 => 96, Magic64 => 112, _ => 0 };
            return directories > 0 && UInt32At(optional + directories - sizeof(uint)) > IndexOfResources
                && Place(UInt32At(optional + directories + (IndexOfResources * 8))) is { } root
                    ? VersionIn(root)
                    : null;
        }

        /// <summary>Follows the three levels of resources: the type, the first name, its first language.</summary>
        private Version? VersionIn(long root) =>
            Entry(root, VersionType) is { } names && (names & IsFolder) != 0
            && Entry(root + (names & ~IsFolder), id: null) is { } languages && (languages & IsFolder) != 0
            && Entry(root + (languages & ~IsFolder), id: null) is { } data && (data & IsFolder) == 0
            && Place(UInt32At(root + data)) is { } version
            && UInt32At(version + OffsetOfFixedInfo) == SignatureOfVersion
                ? Numbers(version + OffsetOfFixedInfo + OffsetOfFileVersion)
                : null;

        private Version Numbers(long place)
        {
            (uint high, uint low) = (UInt32At(place), UInt32At(place + sizeof(uint)));
            return new Version((int)(high >> 16), (int)(high & 0xFFFF), (int)(low >> 16), (int)(low & 0xFFFF));
        }

        /// <summary>Returns what an entry of a directory of resources leads to; null when there is none.</summary>
        /// <param name="directory">Place of the directory.</param>
        /// <param name="id">The number of the entry; null means the first one.</param>
        private uint? Entry(long directory, uint? id)
        {
            int count = UInt16At(directory + 12) + UInt16At(directory + 14);
            for (int i = 0; i < count; i++)
            {
                long entry = directory + SizeOfDirectory + ((long)i * SizeOfEntry);
                if (id is null || UInt32At(entry) == id)
                {
                    return UInt32At(entry + sizeof(uint));
                }
            }

            return null;
        }

        /// <summary>Returns the place in the file of an address in memory; null when no section has it.</summary>
        private long? Place(uint address)
        {
            for (int i = 0; i < _countOfSections; i++)
            {
                long section = _sections + ((long)i * SizeOfSection);
                long from = UInt32At(section + 12);
                if (address >= from && address - from < UInt32At(section + 16))
                {
                    return UInt32At(section + 20) + (address - from);
                }
            }

            return null;
        }

        private ushort UInt16At(long place) => At(place).ReadUInt16();

        private uint UInt32At(long place) => At(place).ReadUInt32();

        private BinaryReader At(long place)
        {
            if (place > file.BaseStream.Length)
            {
                throw new EndOfStreamException();
            }

            file.BaseStream.Position = place;
            return file;
        }
    }
}
