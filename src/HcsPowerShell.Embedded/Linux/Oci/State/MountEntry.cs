using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace HcsPowerShell.Embedded.Linux.Oci.State;

/// <summary>A mount of this machine, as the kernel lists it.</summary>
/// <param name="Id">The kernel's id of the mount.</param>
/// <param name="Path">Path at which it is mounted, without links.</param>
/// <param name="Type">Type of the file system.</param>
/// <param name="Source">Device, or the text that was given in its place.</param>
internal sealed record MountEntry(string Id, string Path, string Type, string Source)
{
    // Fields of a line of mountinfo. Those after the sixth differ in number, up to a hyphen.
    private const int IdField = 0;
    private const int PathField = 4;
    private const int FirstOptionalField = 6;
    private const int OctalDigits = 3;

    /// <summary>Reads the mounts that this process can see, one after the other.</summary>
    /// <exception cref="IOException">There is no <c>/proc</c>.</exception>
    public static IEnumerable<MountEntry> All() =>
        File.ReadLines("/proc/self/mountinfo").Select(Parse).OfType<MountEntry>();

    /// <summary>Reads a line of mountinfo; null when it is none.</summary>
    internal static MountEntry? Parse(string line)
    {
        string[] fields = line.Split(' ');
        int end = fields.Length > FirstOptionalField ? Array.IndexOf(fields, "-", FirstOptionalField) : -1;
        return end > 0 && end + 2 < fields.Length
            ? new MountEntry(fields[IdField], Unescape(fields[PathField]), fields[end + 1], Unescape(fields[end + 2]))
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
