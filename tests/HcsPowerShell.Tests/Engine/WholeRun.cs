using System;
using System.Linq;
using System.Threading;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Tests.Engine;
using Xunit;

[assembly: AssemblyFixture(typeof(WholeRun))]

namespace HcsPowerShell.Tests.Engine;

/// <summary>
/// The run of all tests of this assembly. Descriptors, threads and child processes belong to the whole process, in
/// which tests run in parallel: they are counted once, when every session has ended.
/// </summary>
public sealed class WholeRun : IDisposable
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    private readonly ProcessResources? _resources;

    public WholeRun()
    {
        // From the first runspace on, the engine listens on a socket until the process ends.
        using (Session.WithoutHost())
        {
            _resources = OperatingSystem.IsLinux() ? new() : null;
        }
    }

    public void Dispose()
    {
        string[] left = [];
        bool isOver = _resources is null
            || SpinWait.SpinUntil(() => (left = [.. _resources.Since]).Length == 0, s_limit);
        Assert.True(isOver, "Left behind: " + string.Join("; ", left));
        Assert.Empty(PlantedSecret.Files());
    }
}
