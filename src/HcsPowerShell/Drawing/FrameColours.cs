namespace HcsPowerShell.Drawing;

/// <summary>Control sequences around the parts of a frame; empty where there are no colours.</summary>
internal sealed record FrameColours(string Header, string Chart, string Reset)
{
    public static FrameColours None { get; } = new(string.Empty, string.Empty, string.Empty);
}
