using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Host;
using HcsPowerShell.Drawing;

namespace HcsPowerShell.Terminal;

/// <summary>Shows frames: in place on a terminal, otherwise one after the other, as Write-Host does.</summary>
internal sealed class FrameOutput(PSCmdlet command)
{
    private const int PlainWidth = 120;

    private static readonly string[] s_tags = ["PSHOST"];

    private readonly FramePainter _painter = new();
    private readonly bool _isTerminal = IsTerminal(command.Host);

    public void Show(IReadOnlyList<StatisticsRow> rows)
    {
        if (_isTerminal)
        {
            Size window = command.Host.UI.RawUI.WindowSize;
            FrameColours colours = SessionColours.Find(command.SessionState);
            int width = Known(window.Width, PlainWidth);
            var frame = new StatisticsFrame(
                rows, width, Known(window.Height, int.MaxValue), colours, command.Host.UI.RawUI.LengthInBufferCells);
            command.Host.UI.Write(_painter.Paint(frame.Lines, width));
        }
        else
        {
            var plain = new StatisticsFrame(rows, PlainWidth, int.MaxValue, FrameColours.None, text => text.Length);
            string lines = string.Concat(plain.Lines.Select(line => line + Environment.NewLine));
            command.WriteInformation(new HostInformationMessage { Message = lines }, s_tags);
        }
    }

    /// <summary>Makes the next frame begin below other output that was written.</summary>
    public void BeginBelow() => _painter.BeginBelow();

    private static bool IsTerminal(PSHost host) =>
        !Console.IsOutputRedirected && TerminalOfSession.HasScreen(host) && host.UI.SupportsVirtualTerminal;

    // A terminal that does not know its size reports 0.
    private static int Known(int size, int otherwise) => size > 0 ? size : otherwise;
}
