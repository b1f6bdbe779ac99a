using System;
using HcsPowerShell.Drawing;
using Xunit;

namespace HcsPowerShell.Tests.Drawing;

public sealed class FramePainterTests
{
    [Fact]
    public void A_frame_is_drawn_over_the_one_before()
    {
        FramePainter painter = new();
        Assert.DoesNotContain("A", painter.Paint(["one", "two"], 80), StringComparison.Ordinal);
        Assert.StartsWith("\r\e[2A", painter.Paint(["one", "two"], 80), StringComparison.Ordinal);
        Assert.StartsWith("\r\e[2A", painter.Paint(["one"], 100), StringComparison.Ordinal);
        Assert.StartsWith("\r\e[1A", painter.Paint(["one"], 100), StringComparison.Ordinal);
    }

    [Fact]
    public void A_narrower_terminal_is_cleared_because_lines_may_have_been_wrapped()
    {
        FramePainter painter = new();
        painter.Paint(["one", "two"], 80);
        Assert.StartsWith("\e[H\e[2Jone", painter.Paint(["one", "two"], 79), StringComparison.Ordinal);
        Assert.StartsWith("\r\e[2A", painter.Paint(["one", "two"], 79), StringComparison.Ordinal);
    }

    [Fact]
    public void Below_other_output_nothing_is_drawn_over_or_cleared()
    {
        FramePainter painter = new();
        painter.Paint(["one"], 80);
        painter.BeginBelow();
        Assert.StartsWith("one", painter.Paint(["one"], 40), StringComparison.Ordinal);
    }
}
