using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace HcsPowerShell.Interop.Tests.VirtualDisks;

/// <summary>Makes the files of virtual disks, as far as they tell of their parents.</summary>
internal static class MadeDisk
{
    public const int VhdxMetadata = 2 << 20;
    public const int VhdxParameters = VhdxMetadata + (64 << 10);
    public const int VhdxLocator = VhdxParameters + 8;
    public const int VhdHeader = 512;

    private const int VhdxRegions = 192 << 10;
    private const int VhdxLocatorSize = 4096;
    private const int VhdText = 2048;
    private const int VhdLength = 4096;

    /// <summary>Makes a VHDX file; a differencing one when it names its parent.</summary>
    public static byte[] Vhdx(params (string Key, string Value)[] parent)
    {
        byte[] file = new byte[VhdxLocator + VhdxLocatorSize];
        Ascii(file, 0, "vhdxfile");
        Ascii(file, VhdxRegions, "regi");
        Number(file, VhdxRegions + 8, 2);
        Id(file, VhdxRegions + 16, "2DC27766-F623-4200-9D64-115E9BFD4A08");
        Id(file, VhdxRegions + 48, "8B7CA206-4790-4B9A-B8FE-575F050F886E");
        Number(file, VhdxRegions + 64, VhdxMetadata);
        Ascii(file, VhdxMetadata, "metadata");
        BitConverter.GetBytes((ushort)2).CopyTo(file, VhdxMetadata + 10);
        Item(file, 1, "CAA16737-FA36-4D43-B3B6-33F0AA44E76B", VhdxParameters, 8);
        Item(file, 2, "A8D35F2D-B30B-454D-ABF7-D3D84834AB0C", VhdxLocator, VhdxLocatorSize);
        Number(file, VhdxParameters + 4, parent.Length > 0 ? 2 : 0);
        Id(file, VhdxLocator, "B04AEFB7-D19E-4A81-B789-25B8E9445913");
        BitConverter.GetBytes((ushort)parent.Length).CopyTo(file, VhdxLocator + 18);
        int place = 20 + (12 * parent.Length);
        foreach ((int pair, (string Key, string Value) one) in parent.Index())
        {
            int entry = VhdxLocator + 20 + (12 * pair);
            place = Text(file, VhdxLocator, entry, entry + 8, place, one.Key);
            place = Text(file, VhdxLocator, entry + 4, entry + 10, place, one.Value);
        }

        return file;
    }

    /// <summary>Makes a VHD file; a differencing one when it names its parent.</summary>
    /// <param name="relative">The parent by its path from the disk.</param>
    /// <param name="absolute">The parent by its whole path.</param>
    public static byte[] Vhd(string? relative = null, string? absolute = null)
    {
        byte[] file = new byte[VhdLength];
        foreach (int footer in new[] { 0, VhdLength - 512 })
        {
            Ascii(file, footer, "conectix");
            BigEndian(file, footer + 16, VhdHeader, 8);
            BigEndian(file, footer + 60, relative is null && absolute is null ? 3ul : 4ul, 4);
        }

        Ascii(file, VhdHeader, "cxsparse");
        int place = VhdText;
        foreach ((int number, (uint Code, string? Path) one) in
            new[] { (0x57326B75u, absolute), (0x57327275u, relative) }.Index().Where(one => one.Item.Item2 is not null))
        {
            int locator = VhdHeader + 576 + (24 * number);
            byte[] text = Encoding.Unicode.GetBytes(one.Path!);
            BigEndian(file, locator, one.Code, 4);
            BigEndian(file, locator + 8, (ulong)text.Length, 4);
            BigEndian(file, locator + 16, (ulong)place, 8);
            text.CopyTo(file, place);
            place += 512;
        }

        return file;
    }

    public static void Number(byte[] file, int place, int number) => BitConverter.GetBytes(number).CopyTo(file, place);

    private static int Text(byte[] file, int locator, int offset, int length, int place, string text)
    {
        byte[] bytes = Encoding.Unicode.GetBytes(text);
        Number(file, offset, place);
        BitConverter.GetBytes((ushort)bytes.Length).CopyTo(file, length);
        bytes.CopyTo(file, locator + place);
        return place + bytes.Length;
    }

    private static void Item(byte[] file, int number, string id, int place, int length)
    {
        int entry = VhdxMetadata + (32 * number);
        Id(file, entry, id);
        Number(file, entry + 16, place - VhdxMetadata);
        Number(file, entry + 20, length);
    }

    private static void Id(byte[] file, int place, string id) => Guid.Parse(id).ToByteArray().CopyTo(file, place);

    private static void Ascii(byte[] file, int place, string text) => Encoding.ASCII.GetBytes(text).CopyTo(file, place);

    private static void BigEndian(byte[] file, int place, ulong number, int count) =>
        BitConverter.GetBytes(number).Reverse().Skip(8 - count).ToArray().CopyTo(file, place);
}
