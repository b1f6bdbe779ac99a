using System;
using System.Collections.Generic;

namespace HcsPowerShell.Tests.Targets;

/// <summary>All commands with one kind of targets, and the ways to give these targets.</summary>
public interface ITargetCommands<TCommand>
    where TCommand : TargetCommand
{
    static abstract IReadOnlyList<TCommand> All { get; }

    /// <summary>The parameter that takes the targets as objects.</summary>
    static abstract string Parameter { get; }

    /// <summary>The property that identifies a target.</summary>
    static abstract string IdProperty { get; }

    /// <summary>The targets <c>$all</c> by their ids.</summary>
    static abstract string ByIds { get; }

    /// <summary>The targets <c>$all</c> in every other form of argument.</summary>
    static abstract IReadOnlyList<string> Arguments { get; }

    /// <summary>The targets of an expression, given to the parameters that take ids.</summary>
    static abstract IReadOnlyList<Func<string, string>> ByObjects { get; }

    /// <summary>The other forms of <c>$all</c> that can be piped in, besides live and deserialized objects.</summary>
    static abstract IReadOnlyList<string> Piped { get; }

    /// <summary>The two targets of <c>$all</c> with an unknown target between them, and its id.</summary>
    static abstract (string Targets, string Id) Stranger { get; }
}
