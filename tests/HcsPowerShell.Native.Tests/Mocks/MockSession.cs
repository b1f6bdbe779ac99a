using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using HcsPowerShell.Contract;
using Xunit;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>One test on the mocks: it starts with working services and ends with nothing alive in them.</summary>
public sealed class MockSession : IDisposable
{
    private readonly MockLibrary[] _mocks = [MockLibrary.ComputeCore, MockLibrary.VmCompute];

    public MockSession()
    {
        Assert.SkipUnless(MockLibrary.AreBuilt, "the mocks of the HCS libraries are not built: no C compiler (cc)");
        foreach (MockLibrary mock in _mocks)
        {
            // Objects that an earlier failed test left do not belong to this test.
            SpinWait.SpinUntil(() => IsCollected(mock), ComputeServiceContract.LimitOfClose);
            mock.Reset();
        }
    }

    /// <summary>
    /// Objects that are alive in the mocks, and misuses of the mocks. Abandoned work ends by itself, soon.
    /// </summary>
    public IEnumerable<string> Left =>
    [
        .. _mocks.Where(m => !m.WaitIdle(0)).Select(m => m.Name + " is not idle"),
        .. _mocks.Select(Alive).Where(alive => alive.Length != 0),
        .. _mocks.Where(m => m.Systems != 0).Select(m => $"{m.Systems} systems in {m.Name}"),
        .. MockLibrary.VmCompute.Networks is var objects and not 0 ? new[] { $"{objects} objects of networks" } : [],
        .. _mocks.Select(m => m.Violation()).OfType<string>(),
        .. CallbackTables.Targets() is var keys and not 0 ? new[] { $"{keys} keys of callbacks" } : [],
    ];

    public void Dispose()
    {
        string[] left = [];
        bool isOver = SpinWait.SpinUntil(() => (left = [.. Left]).Length == 0, ComputeServiceContract.LimitOfClose);
        Assert.True(isOver, "Left behind: " + string.Join("; ", left));
    }

    private static bool IsCollected(MockLibrary mock)
    {
        if (Alive(mock).Length == 0)
        {
            return true;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return false;
    }

    private static string Alive(MockLibrary mock) => string.Join(", ", Enum.GetValues<MockKind>()
        .Where(k => mock.Alive(k) != 0).Select(k => $"{mock.Alive(k)} {k} alive in {mock.Name}"));
}
