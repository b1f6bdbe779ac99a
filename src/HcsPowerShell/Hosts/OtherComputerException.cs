using System;

namespace HcsPowerShell.Hosts;

/// <summary>The target of a command is on no host of this process.</summary>
/// <param name="subject">The target, as in "{it} is on computer 'b'."</param>
/// <param name="place">The location of the target.</param>
/// <param name="line">The command, as the user would type it there.</param>
/// <param name="look">A command that shows the objects of this process instead; it changes nothing.</param>
internal sealed class OtherComputerException(string subject, Elsewhere place, string line, string look)
    : Exception($"{subject} {place.Sentence}")
{
    /// <summary>The line to type instead.</summary>
    public string Line { get; } = place.IsReachable ? place.Before + line + place.After : look;

    /// <summary>The words that introduce the line in the message.</summary>
    public string Lead { get; } = place.IsReachable ? "To act there, type" : "To see what is here, type";
}
