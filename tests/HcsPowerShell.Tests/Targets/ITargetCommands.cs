using System;
using System.Collections.Generic;

namespace HcsPowerShell.Tests.Targets;

/// <summary>All commands with one kind of targets, and how these are written.</summary>
public interface ITargetCommands<TCommand>
    where TCommand : TargetCommand
{
    static abstract IReadOnlyList<TCommand> All { get; }

    /// <summary>The parameter that takes the targets as objects.</summary>
    static abstract string Parameter { get; }

    /// <summary>The property by which a target is told from its like.</summary>
    static abstract string IdProperty { get; }

    /// <summary>The targets <c>$all</c> by their ids.</summary>
    static abstract string ByIds { get; }

    /// <summary>The targets <c>$all</c> by every other way to give them as arguments.</summary>
    static abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>The targets that an expression names, given to the parameters that take ids.</summary>
    static abstract IReadOnlyList<Func<string, string>> ByObjects { get; }

    /// <summary>What of <c>$all</c> can be piped in, besides live and deserialized objects.</summary>
    static abstract IReadOnlyList<string> Piped { get; }

    /// <summary>A target nobody knows between the two of <c>$all</c>, and its id.</summary>
    static abstract (string Targets, string Id) Stranger { get; }
}
