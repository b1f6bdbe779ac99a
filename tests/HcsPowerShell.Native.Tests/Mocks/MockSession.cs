using System;
using System.Linq;
using System.Threading;
using Xunit;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>One test on the mocks: it begins with services that work and ends with nothing alive in them.</summary>
public sealed class MockSession : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(10);

    private readonly MockLibrary[] _mocks = [MockLibrary.ComputeCore, MockLibrary.VmCompute];

    public MockSession()
    {
        Assert.SkipUnless(MockLibrary.AreBuilt, "the mocks of the HCS libraries are not built: no C compiler (cc)");
        foreach (MockLibrary mock in _mocks)
        {
            // What a failed test has left is not this one's.
            SpinWait.SpinUntil(() => IsCollected(mock), s_patience);
            mock.Reset();
        }
    }

    /// <summary>Abandoned work closes its handles in its own time, soon.</summary>
    public void Dispose()
    {
        foreach (MockLibrary mock in _mocks)
        {
            Assert.True(mock.WaitIdle((int)s_patience.TotalMilliseconds), mock.Name + " is not idle");
            Assert.True(SpinWait.SpinUntil(() => Left(mock).Length == 0, s_patience), mock.Name + " has " + Left(mock));
            Assert.Null(mock.Violation());
        }

        Assert.True(SpinWait.SpinUntil(() => CallbackTables.Targets() == 0, s_patience), "keys are left");
    }

    private static bool IsCollected(MockLibrary mock)
    {
        if (Left(mock).Length == 0)
        {
            return true;
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        return false;
    }

    private static string Left(MockLibrary mock) => string.Join(
        ", ", Enum.GetValues<MockKind>().Where(k => mock.Alive(k) != 0).Select(k => $"{mock.Alive(k)} {k}"));
}
