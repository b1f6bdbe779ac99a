using System.Text;

namespace HcsPowerShell.Streams;

/// <summary>
/// Limits the length of an output line, so that a process cannot determine how much memory is used for a line.
/// </summary>
internal static class LongestLine
{
    /// <summary>The maximum number of characters of a line. A longer line comes in pieces of this length.</summary>
    public const int Length = 1024 * 1024;

    /// <summary>The warning that is written once for each stream, at the first such line.</summary>
    public static string Warning(string process) =>
        $"Process {process} wrote a line of more than {Length} characters; such lines come in pieces.";

    /// <summary>The length of the next piece, so that no character is cut in two.</summary>
    /// <param name="last">The last character of a piece of full length.</param>
    public static int PieceEndingIn(char last) => char.IsHighSurrogate(last) ? Length - 1 : Length;
}
