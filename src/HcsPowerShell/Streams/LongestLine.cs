using System.Text;

namespace HcsPowerShell.Streams;

/// <summary>How long a line of output may be: a process must not say how much memory is taken for one.</summary>
internal static class LongestLine
{
    /// <summary>Characters of a line. A longer one comes in pieces of so many.</summary>
    public const int Length = 1024 * 1024;

    /// <summary>Written once a stream, when the first such line comes.</summary>
    public static string Warning(string process) =>
        $"Process {process} wrote a line of more than {Length} characters; such lines come in pieces.";

    /// <summary>How many characters the next piece has, so that none is cut in two.</summary>
    /// <param name="last">The last character of a piece of full length.</param>
    public static int PieceEndingIn(char last) => char.IsHighSurrogate(last) ? Length - 1 : Length;
}
