using System;
using System.Collections.Generic;

namespace HcsPowerShell.Interop.Native;

/// <summary>The owner and the access list of a file, as SECURITY_DESCRIPTOR lays them out in one piece.</summary>
/// <param name="bytes">The descriptor, followed by anything.</param>
internal sealed class SecurityDescriptor(byte[] bytes)
{
    internal const string Everyone = "S-1-1-0";

    private const int OwnerOffset = 4;
    private const int ListOffset = 16;
    private const int EntriesOffset = 8;
    private const int SidOffset = 8;

    // GENERIC_READ, GENERIC_EXECUTE, FILE_GENERIC_READ and FILE_GENERIC_EXECUTE.
    private const uint Reading = 0xA0000000 | 0x001200A9;

    private const byte Allows = 0;
    private const byte Denies = 1;
    private const byte Inherited = 0x10;

    /// <summary>Security identifier of the owner, such as <c>S-1-5-18</c>.</summary>
    internal string Owner => Sid(bytes, BitConverter.ToInt32(bytes, OwnerOffset));

    /// <summary>
    /// Those whom an entry lets do more than read, or whom the folder above lets do anything, in the order of the list;
    /// <see cref="Everyone"/> when there is no list.
    /// </summary>
    internal IEnumerable<string> Writers
    {
        get
        {
            int list = BitConverter.ToInt32(bytes, ListOffset);
            if (list == 0)
            {
                yield return Everyone;
                yield break;
            }

            int entry = list + EntriesOffset;
            for (int left = BitConverter.ToUInt16(bytes, list + 4); left > 0; left--)
            {
                byte type = bytes[entry];
                bool isInherited = (bytes[entry + 1] & Inherited) != 0;
                uint rights = BitConverter.ToUInt32(bytes, entry + 4);
                if (type != Denies && (type != Allows || isInherited || (rights & ~Reading) != 0))
                {
                    yield return type == Allows ? Sid(bytes, entry + SidOffset) : $"an entry of type {type}";
                }

                entry += BitConverter.ToUInt16(bytes, entry + 2);
            }
        }
    }

    /// <summary>Writes the SID that begins at an offset.</summary>
    internal static string Sid(byte[] bytes, int offset)
    {
        ulong authority = 0;
        for (int i = 2; i < 8; i++)
        {
            authority = (authority << 8) | bytes[offset + i];
        }

        string text = $"S-{bytes[offset]}-{authority}";
        for (int i = 0; i < bytes[offset + 1]; i++)
        {
            text += $"-{BitConverter.ToUInt32(bytes, offset + 8 + (4 * i))}";
        }

        return text;
    }
}
