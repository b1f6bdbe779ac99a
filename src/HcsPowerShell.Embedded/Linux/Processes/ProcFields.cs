using System;
using System.Buffers.Text;

namespace HcsPowerShell.Embedded.Linux.Processes;

/// <summary>Reads files below /proc that hold one <c>Name: value</c> per line.</summary>
internal static class ProcFields
{
    /// <param name="content">The file.</param>
    /// <param name="name">Name with its colon, in ASCII.</param>
    /// <returns>Null when there is no such line.</returns>
    public static ulong? Find(ReadOnlySpan<byte> content, ReadOnlySpan<byte> name)
    {
        while (!content.IsEmpty)
        {
            int end = content.IndexOf((byte)'\n');
            ReadOnlySpan<byte> line = end < 0 ? content : content.Slice(0, end);
            content = end < 0 ? default : content.Slice(end + 1);
            if (line.StartsWith(name))
            {
                ReadOnlySpan<byte> value = line.Slice(name.Length);
                int blanks = 0;
                while (blanks < value.Length && value[blanks] is (byte)' ' or (byte)'\t')
                {
                    blanks++;
                }

                return Utf8Parser.TryParse(value.Slice(blanks), out ulong number, out _) ? number : null;
            }
        }

        return null;
    }
}
