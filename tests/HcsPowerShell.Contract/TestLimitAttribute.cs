using System;
using System.Collections.Concurrent;
using System.Reflection;
using System.Threading;
using Xunit.v3;

[assembly: HcsPowerShell.Contract.TestLimit(900)]

namespace HcsPowerShell.Contract;

/// <summary>
/// The last resort against a test that hangs without a limit, in a call that does not return: it ends the run and names
/// the test. Every wait has a shorter limit.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class TestLimitAttribute(int seconds) : BeforeAfterTestAttribute
{
    private readonly ConcurrentDictionary<string, Timer> _running = new();

    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => _running[test.UniqueID] = new Timer(
        _ => Environment.FailFast($"The test has not ended in {seconds} seconds: {test.TestDisplayName}"),
        null,
        TimeSpan.FromSeconds(seconds),
        Timeout.InfiniteTimeSpan);

    public override void After(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (_running.TryRemove(test.UniqueID, out Timer? timer))
        {
            timer.Dispose();
        }
    }
}
