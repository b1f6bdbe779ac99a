using System;
using System.Collections.Generic;
using System.Text;

namespace HcsPowerShell.Drawing;

/// <summary>Draws each frame over the one before, with the control sequences of terminals.</summary>
internal sealed class FramePainter
{
    private const string EndOfLine = "\e[K";
    private const string RestOfScreen = "\e[J";
    private const string WholeScreen = "\e[H\e[2J";

    private int _lines;
    private int _width;

    /// <param name="lines">The lines of the frame.</param>
    /// <param name="width">
    /// The width of the terminal. In a narrower one, lines of the frame before may take several lines of the screen.
    /// </param>
    public string Paint(IReadOnlyList<string> lines, int width)
    {
        var text = new StringBuilder();
        if (_lines > 0 && width < _width)
        {
            text.Append(WholeScreen);
        }
        else if (_lines > 0)
        {
            text.Append("\r\e[").Append(_lines).Append('A');
        }

        foreach (string line in lines)
        {
            text.Append(line).Append(EndOfLine).Append(Environment.NewLine);
        }

        _lines = lines.Count;
        _width = width;
        return text.Append(RestOfScreen).ToString();
    }

    /// <summary>Makes the next frame begin below other output that was written.</summary>
    public void BeginBelow() => _lines = 0;
}

/// <summary>Control sequences for the parts of a frame; empty when there are no colours.</summary>
internal sealed record FrameColours(string Header, string Chart, string Reset)
{
    public static FrameColours None { get; } = new(string.Empty, string.Empty, string.Empty);
}
