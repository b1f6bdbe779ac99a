using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using HcsPowerShell.Embedded.Linux.Native;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>A scratch that a host of this machine has mounted, as the kernel lists it.</summary>
/// <remarks>
/// Nothing else remembers that a scratch is mounted. So every process knows it, and nobody has to after a restart.
/// </remarks>
/// <param name="Id">The kernel's id of the mount.</param>
/// <param name="Volume">Path at which it is mounted.</param>
/// <param name="Folder">Folder of the scratch, without links: the source of the mount.</param>
internal sealed record MountedScratch(string Id, string Volume, string Folder)
{
    // Fields of a line of mountinfo. The fields after the sixth differ in number, up to a hyphen.
    private const int IdField = 0;
    private const int MountPointField = 4;
    private const int FirstOptionalField = 6;
    private const int OctalDigits = 3;

    /// <summary>Returns all that this process can see.</summary>
    /// <exception cref="IOException">There is no <c>/proc</c>.</exception>
    public static IReadOnlyList<MountedScratch> All() =>
        [.. File.ReadLines("/proc/self/mountinfo").Select(Parse).OfType<MountedScratch>()];

    /// <param name="folder">Folder of the scratch, without links.</param>
    public static MountedScratch? Of(string folder) => All().FirstOrDefault(mounted => mounted.Folder == folder);

    /// <param name="volume">Path without links.</param>
    public static MountedScratch? At(string volume) => All().LastOrDefault(mounted => mounted.Volume == volume);

    /// <summary>True when the open file is on this mount.</summary>
    public bool Has(FileDescriptor file) =>
        File.ReadLines($"/proc/self/fdinfo/{file.Number}").Any(
            line => line.StartsWith("mnt_id:", StringComparison.Ordinal) && line.Substring("mnt_id:".Length).Trim() == Id);

    /// <summary>Reads a line of mountinfo; null when it is no mount of a scratch.</summary>
    internal static MountedScratch? Parse(string line)
    {
        string[] fields = line.Split(' ');
        int end = fields.Length > FirstOptionalField ? Array.IndexOf(fields, "-", FirstOptionalField) : -1;
        return end > 0 && end + 2 < fields.Length && fields[end + 1] == "overlay"
            && Unescape(fields[MountPointField]) is var volume && HostFolder.IsMountPoint(volume)
                ? new MountedScratch(fields[IdField], volume, Unescape(fields[end + 2]))
                : null;
    }

    // The kernel writes spaces, line ends, backslashes and some other characters of ASCII as a backslash and a number.
    private static string Unescape(string field)
    {
        StringBuilder text = new(field.Length);
        for (int i = 0; i < field.Length; i++)
        {
            if (field[i] == '\\' && i + OctalDigits < field.Length && IsOctal(field, i + 1))
            {
                text.Append((char)Convert.ToInt32(field.Substring(i + 1, OctalDigits), 8));
                i += OctalDigits;
            }
            else
            {
                text.Append(field[i]);
            }
        }

        return text.ToString();
    }

    private static bool IsOctal(string field, int start) =>
        field.Skip(start).Take(OctalDigits).All(digit => digit is >= '0' and <= '7');
}
