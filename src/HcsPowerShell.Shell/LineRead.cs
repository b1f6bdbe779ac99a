namespace HcsPowerShell.Shell;

/// <summary>A line the user gave, or why there is none.</summary>
internal readonly record struct LineRead(string? Text, bool IsEndOfInput)
{
    public static LineRead Interrupted => new(null, IsEndOfInput: false);

    public static LineRead EndOfInput => new(null, IsEndOfInput: true);
}
