using System.Management.Automation;
using HcsPowerShell.Drawing;

namespace HcsPowerShell.Terminal;

/// <summary>Finds the colours of a session in <c>$PSStyle</c>; Windows PowerShell has none.</summary>
internal static class SessionColours
{
    public static FrameColours Find(SessionState session)
    {
        object? style = session.PSVariable.GetValue("PSStyle");
        return Member(style, "OutputRendering")?.ToString() != "PlainText"
            && Member(Member(style, "Formatting"), "TableHeader") is string header
            && Member(Member(style, "Foreground"), "Cyan") is string chart
            && Member(style, "Reset") is string reset
                ? new FrameColours(header, chart, reset)
                : FrameColours.None;
    }

    private static object? Member(object? owner, string name) =>
        owner is null ? null : PSObject.AsPSObject(owner).Properties[name]?.Value;
}
