using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A command with targets, with what it takes to run it and to see that it has acted.</summary>
/// <param name="Text">The command with its arguments except the targets.</param>
/// <param name="Effect">A condition about the target <c>$t</c> that holds once the command has acted; null where it only
/// reads.</param>
public abstract record TargetCommand(string Text, string? Effect)
{
    public string Name => Text.Split(' ')[0];

    /// <summary>Objects a reading command gives for each target.</summary>
    public int OutputPerTarget { get; init; } = Effect is null ? 1 : 0;

    /// <summary>The pipeline is a process's input.</summary>
    public bool TakesInput { get; init; }

    /// <summary>An id the host does not know is no error.</summary>
    public bool ForgivesStrangers { get; init; }

    /// <summary>It looks on whatever host it is told, also for an object of another.</summary>
    public bool LooksOnAnyHost { get; init; }

    /// <summary>The command on the targets that an expression names: <c>Stop-HcsContainer -Id $ids -Force</c>.</summary>
    public string On(string targets) => $"{Name} {targets} {Text[Name.Length..]}";

    /// <summary>The command on what is piped in: <c>$ids | Stop-HcsContainer -Force</c>.</summary>
    public string From(string targets) => $"{targets} | {Text}";

    /// <summary>Two targets the command can act on.</summary>
    public abstract PSObject[] PrepareTwo(Session session);

    public bool HasActed(Session session, object target) => Effect is not null
        && LanguagePrimitives.IsTrue(session.Get($"[bool]({Effect})", ("t", target)).Single());

    public sealed override string ToString() => Text;
}
