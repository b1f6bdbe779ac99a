using System;
using System.Collections.Generic;
using System.Text;

namespace HcsPowerShell.Drawing;

/// <summary>Draws each frame over the one before, with the control sequences of terminals.</summary>
internal sealed class FramePainter
{
    private const string EndOfLine = "\e[K";
    private const string RestOfScreen = "\e[J";

    private int _lines;

    public string Paint(IReadOnlyList<string> lines)
    {
        var text = new StringBuilder();
        if (_lines > 0)
        {
            text.Append("\r\e[").Append(_lines).Append('A');
        }

        foreach (string line in lines)
        {
            text.Append(line).Append(EndOfLine).Append(Environment.NewLine);
        }

        _lines = lines.Count;
        return text.Append(RestOfScreen).ToString();
    }

    /// <summary>Something else was written: the next frame begins below it.</summary>
    public void BeginBelow() => _lines = 0;
}

/// <summary>Control sequences around the parts of a frame; empty where there are no colours.</summary>
internal sealed record FrameColours(string Header, string Chart, string Reset)
{
    public static FrameColours None { get; } = new(string.Empty, string.Empty, string.Empty);
}
