using System;
using System.Management.Automation.Language;

namespace HcsPowerShell.Hosts;

/// <summary>Where something lives that is on no host of this process, as far as it tells.</summary>
/// <param name="Sentence">The rest of a sentence about it.</param>
/// <param name="Before">What comes before a command that is to run there.</param>
/// <param name="After">What comes after it.</param>
internal sealed record Elsewhere(string Sentence, string Before = "", string After = "")
{
    /// <summary>A command can be typed that runs there.</summary>
    public bool IsReachable => Before.Length > 0;

    /// <summary>It was received from a job, whose process has hosts of its own.</summary>
    public static Elsewhere InJob { get; } = new("is in the process of a job, which has hosts of its own.");

    /// <summary>It was handed over without what tells its host.</summary>
    public static Elsewhere Untold { get; } = new(
        "comes from another process or computer, and nothing tells from which host.");

    /// <summary>It was received through a session, which leads to it for as long as it lives.</summary>
    public static Elsewhere BehindSession(string computer, Guid runspace) => new(
        $"is on computer '{computer}'.", $"Invoke-Command -Session (Get-PSSession -InstanceId {runspace}) {{ ", " }");

    /// <summary>Its host is none that this process knows.</summary>
    public static Elsewhere OnComputer(string computer) => new(
        $"is on a host of computer '{computer}' that this process does not know or that has ended.",
        $"Invoke-Command -ComputerName '{CodeGeneration.EscapeSingleQuotedStringContent(computer)}' {{ ",
        " }");

    /// <summary>Its host was one of this process.</summary>
    public static Elsewhere Ended(string host) => new($"is gone: host '{host}' has ended.");
}
