using System.Collections.Generic;
using System.IO;
using System.Linq;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Architecture;

/// <summary>
/// How the commands wait. The engine runs the pipelines of a session on threads of the pool: a wait that the pool does
/// not know of holds up everything else there, and the stop of the command first.
/// </summary>
public sealed class WaitTests
{
    private static readonly IReadOnlySet<string> s_calls = TypeReferences.Calls(Path.Combine(StagedModule.Folder, "HcsPowerShell.dll"));

    [Theory]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.Take")]
    [InlineData("System.Collections.Concurrent.BlockingCollection`1.Add")]
    [InlineData("System.Threading.CountdownEvent.Wait")]
    [InlineData("System.Threading.ManualResetEventSlim.Wait")]
    [InlineData("System.Threading.Monitor.Wait")]
    [InlineData("System.Threading.SemaphoreSlim.Wait")]
    [InlineData("System.Threading.SpinWait.SpinUntil")]
    [InlineData("System.Threading.Thread.Join")]
    [InlineData("System.Threading.Thread.Sleep")]
    [InlineData("System.Threading.WaitHandle.WaitAll")]
    [InlineData("System.Threading.WaitHandle.WaitAny")]
    [InlineData("System.Threading.WaitHandle.WaitOne")]
    public void A_command_waits_only_for_tasks(string method) => Assert.DoesNotContain(method, s_calls);

    [Fact]
    public void The_calls_of_an_assembly_are_found() => Assert.Superset(
        new HashSet<string> { "System.Threading.SemaphoreSlim.WaitAsync", "System.Threading.Tasks.Task.Wait" },
        s_calls.ToHashSet());
}
