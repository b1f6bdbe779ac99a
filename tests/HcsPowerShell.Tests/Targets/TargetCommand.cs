using System.Linq;
using System.Management.Automation;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A command with targets, with the data to run it and to check its effect.</summary>
/// <param name="Text">The command with its arguments except the targets.</param>
/// <param name="Effect">A condition about the target <c>$t</c> that holds once the command has acted; null if it only
/// reads.</param>
public abstract record TargetCommand(string Text, string? Effect)
{
    public string Name => Text.Split(' ')[0];

    /// <summary>The number of objects that a reading command returns for each target.</summary>
    public int OutputPerTarget { get; init; } = Effect is null ? 1 : 0;

    /// <summary>True if the pipeline is the input of a process.</summary>
    public bool TakesInput { get; init; }

    /// <summary>True if an id that the host does not know is no error.</summary>
    public bool ForgivesStrangers { get; init; }

    /// <summary>True if the command looks on the given host, even for an object of another host.</summary>
    public bool LooksOnAnyHost { get; init; }

    /// <summary>
    /// Returns the command on the targets of an expression: <c>Stop-HcsContainer -Id $ids -Force</c>.
    /// </summary>
    public string On(string targets) => $"{Name} {targets} {Text[Name.Length..]}";

    /// <summary>Returns the command with piped targets: <c>$ids | Stop-HcsContainer -Force</c>.</summary>
    public string From(string targets) => $"{targets} | {Text}";

    /// <summary>Prepares two targets on which the command can act.</summary>
    public abstract PSObject[] PrepareTwo(Session session);

    public bool HasActed(Session session, object target) => Effect is not null
        && LanguagePrimitives.IsTrue(session.Get($"[bool]({Effect})", ("t", target)).Single());

    public sealed override string ToString() => Text;
}
