using System;
using System.Management.Automation.Language;

namespace HcsPowerShell.Hosts;

/// <summary>The location of an object that is on no host of this process, as far as the object tells.</summary>
/// <param name="Sentence">The rest of a sentence about the object.</param>
/// <param name="Before">The text before a command that runs there.</param>
/// <param name="After">The text after the command.</param>
internal sealed record Elsewhere(string Sentence, string Before = "", string After = "")
{
    /// <summary>True when the user can type a command that runs there.</summary>
    public bool IsReachable => Before.Length + After.Length > 0;

    /// <summary>The object came from a job, whose process has its own hosts.</summary>
    public static Elsewhere InJob { get; } = new("is in the process of a job, which has hosts of its own.");

    /// <summary>The object came without data that identifies its host.</summary>
    public static Elsewhere Untold { get; } = new(
        "comes from another process or computer, and nothing tells from which host.");

    /// <summary>The object came through a session, which leads to it as long as the session exists.</summary>
    public static Elsewhere BehindSession(string computer, Guid runspace) => new(
        $"is on computer '{computer}'.", $"Invoke-Command -Session (Get-PSSession -InstanceId {runspace}) {{ ", " }");

    /// <summary>The object's host is not known to this process.</summary>
    public static Elsewhere OnComputer(string computer) => new(
        $"is on a host of computer '{computer}' that this process does not know or that has ended.",
        $"Invoke-Command -ComputerName '{CodeGeneration.EscapeSingleQuotedStringContent(computer)}' {{ ",
        " }");

    /// <summary>The object was received and then saved or sent on, and its host is behind a session of this process.</summary>
    public static Elsewhere SecondHand(string host) => new(
        $"was saved or sent on after it had been received from host '{host}', and such a copy is not acted on.",
        After: $" -HcsHost '{CodeGeneration.EscapeSingleQuotedStringContent(host)}'");

    /// <summary>The same, and this process does not know the host.</summary>
    public static Elsewhere SecondHandOf(string computer) => new(
        $"was received on computer '{computer}' and sent on from there, and such a copy is not acted on.");

    /// <summary>The object's host belonged to this process and has ended.</summary>
    public static Elsewhere Ended(string host) => new($"is gone: host '{host}' has ended.");
}
