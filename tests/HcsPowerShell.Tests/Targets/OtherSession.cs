using System;
using HcsPowerShell.Tests.Engine;

namespace HcsPowerShell.Tests.Targets;

/// <summary>A second session, with a host of its own, for the tests of a class.</summary>
public sealed class OtherSession : IDisposable
{
    public Session Session { get; } = new();

    public void Dispose() => Session.Dispose();
}
