using System;

namespace HcsPowerShell.Hosts;

/// <summary>A command was given what lives on no host of this process.</summary>
/// <param name="subject">What it was given, as in "{it} is on computer 'b'."</param>
/// <param name="place">Where that is.</param>
/// <param name="line">The command, as it would be typed there.</param>
/// <param name="look">A command that shows what this process has instead; it changes nothing.</param>
internal sealed class OtherComputerException(string subject, Elsewhere place, string line, string look)
    : Exception($"{subject} {place.Sentence}")
{
    /// <summary>The line to type instead.</summary>
    public string Line { get; } = place.IsReachable ? place.Before + line + place.After : look;

    /// <summary>The words that introduce the line in the message.</summary>
    public string Lead { get; } = place.IsReachable ? "To act there, type" : "To see what is here, type";
}
