using System.Collections.Generic;
using System.IO;
using System.Text;

namespace HcsPowerShell.Interop.VirtualDisks;

/// <summary>Reads what a VHD file says of its parent.</summary>
internal static class VhdFile
{
    private const string Signature = "conectix";
    private const int FooterSize = 512;
    private const int HeaderSize = 1024;
    private const int Differencing = 4;
    private const int FirstLocator = 576;
    private const int LocatorSize = 24;
    private const int Locators = 8;
    private const uint RelativePath = 0x57327275;
    private const uint AbsolutePath = 0x57326B75;

    // A path of Windows has at most this many bytes.
    private const long MostBytes = 65536;

    // The footer has a copy at the start of a disk that grows.
    public static bool Is(DiskBytes file) => file.Has(0, Signature) || file.Has(file.Length - FooterSize, Signature);

    /// <summary>The paths of the parent, in the order in which they are tried; null for a disk without a parent.</summary>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static IReadOnlyList<string>? ParentPaths(DiskBytes file)
    {
        byte[] footer = file.Read(file.Has(file.Length - FooterSize, Signature) ? file.Length - FooterSize : 0, FooterSize);
        if (DiskBytes.BigEndian(footer, 60, 4) != Differencing)
        {
            return null;
        }

        byte[] header = file.Read(DiskBytes.BigEndian(footer, 16, 8), HeaderSize);
        if (!DiskBytes.IsAt(header, 0, "cxsparse"))
        {
            throw new InvalidDataException("it has no header of a disk that grows");
        }

        List<string> relative = [];
        List<string> absolute = [];
        for (int i = 0; i < Locators; i++)
        {
            int locator = FirstLocator + (i * LocatorSize);
            long platform = DiskBytes.BigEndian(header, locator, 4);
            if (platform is RelativePath or AbsolutePath)
            {
                long length = DiskBytes.BigEndian(header, locator + 8, 4);
                if (length > MostBytes)
                {
                    throw new InvalidDataException($"the name of its parent has {length} bytes");
                }

                byte[] text = file.Read(DiskBytes.BigEndian(header, locator + 16, 8), length);
                (platform == RelativePath ? relative : absolute).Add(
                    DiskBytes.Text(Encoding.Unicode, text, 0, text.Length));
            }
        }

        return [.. relative, .. absolute];
    }
}
