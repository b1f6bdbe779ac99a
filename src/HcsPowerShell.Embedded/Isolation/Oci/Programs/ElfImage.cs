using System;
using System.Runtime.InteropServices;
using HcsPowerShell.Interop;

namespace HcsPowerShell.Embedded.Isolation.Oci.Programs;

/// <summary>Makes a static executable of 64-bit Linux out of machine code.</summary>
/// <remarks>
/// One segment, readable and executable, holds the whole file; the code follows the headers and is entered at its first
/// byte. It may not refer to any address but relatively.
/// </remarks>
internal static class ElfImage
{
    private const int FileHeaderSize = 64;
    private const int ProgramHeaderSize = 56;
    private const ulong LoadAddress = 0x400000;
    private const ulong PageSize = 0x10000;
    private const ushort Executable = 2;
    private const ushort X64 = 62;
    private const ushort Arm64 = 183;
    private const uint Load = 1;
    private const uint ReadAndExecute = 5;

    /// <summary>The executable for the machine this runs on.</summary>
    /// <exception cref="HcsException">It is neither x86-64 nor arm64.</exception>
    public static byte[] ForThisMachine(byte[][] x64, byte[][] arm64) => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => Build(X64, x64),
        Architecture.Arm64 => Build(Arm64, arm64),
        _ => throw new HcsException("HcsCreateComputeSystem", HResult.NotSupported),
    };

    /// <param name="machine">e_machine.</param>
    /// <param name="instructions">The code, an instruction an entry.</param>
    public static byte[] Build(ushort machine, byte[][] instructions)
    {
        const int CodeOffset = FileHeaderSize + ProgramHeaderSize;
        int size = CodeOffset;
        foreach (byte[] instruction in instructions)
        {
            size += instruction.Length;
        }

        byte[] image = new byte[size];

        // e_ident: magic, 64 bit, little endian, version 1; the rest is zero.
        new byte[] { 0x7F, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1 }.CopyTo(image, 0);
        Write(image, 16, Executable);
        Write(image, 18, machine);
        Write(image, 20, 1u);
        Write(image, 24, LoadAddress + CodeOffset);
        Write(image, 32, (ulong)FileHeaderSize);
        Write(image, 52, (ushort)FileHeaderSize);
        Write(image, 54, (ushort)ProgramHeaderSize);
        Write(image, 56, (ushort)1);

        Write(image, FileHeaderSize, Load);
        Write(image, FileHeaderSize + 4, ReadAndExecute);
        Write(image, FileHeaderSize + 16, LoadAddress);
        Write(image, FileHeaderSize + 24, LoadAddress);
        Write(image, FileHeaderSize + 32, (ulong)size);
        Write(image, FileHeaderSize + 40, (ulong)size);
        Write(image, FileHeaderSize + 48, PageSize);

        int offset = CodeOffset;
        foreach (byte[] instruction in instructions)
        {
            instruction.CopyTo(image, offset);
            offset += instruction.Length;
        }

        return image;
    }

    private static void Write(byte[] image, int offset, ushort value) =>
        BitConverter.GetBytes(value).CopyTo(image, offset);

    private static void Write(byte[] image, int offset, uint value) =>
        BitConverter.GetBytes(value).CopyTo(image, offset);

    private static void Write(byte[] image, int offset, ulong value) =>
        BitConverter.GetBytes(value).CopyTo(image, offset);
}
