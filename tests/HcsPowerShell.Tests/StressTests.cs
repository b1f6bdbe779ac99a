using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests;

/// <summary>Tests several runspaces at once, on their own containers and on the same ones.</summary>
public sealed class StressTests(Session session) : SessionTests(session)
{
    private const int Workers = 6;
    private const int Rounds = 8;

    [Fact]
    public async Task Runspaces_do_their_work_side_by_side()
    {
        using RunspacePool pool = Pool();
        IReadOnlyList<PSObject>[] results = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => RunAsync(
            pool,
            """
            param($hostName, $worker, $rounds)
            foreach ($round in 1..$rounds) {
                $c = New-HcsContainer -Id "own-$worker-$round" -Start -HcsHost $hostName
                $code = 10 * $worker + $round
                $p = Start-HcsProcess $c -CommandArg sh, -c, "exit $code"
                if ((Wait-HcsProcess $p).ExitCode -ne $code) { throw "exit code of $worker-$round" }
                $job = Wait-HcsContainer $c -AsJob
                Stop-HcsContainer $c
                ($job | Wait-Job | Receive-Job).ExitType
                (Wait-HcsContainer $c.Id -HcsHost $hostName).ExitType
                Remove-Job $job
            }
            """,
            Session.HostName,
            worker,
            Rounds)));
        Assert.All(results, r => Assert.Equal(2 * Rounds, r.Count(s => (string)s.BaseObject == "GracefulExit")));
        RequireNoOpenHandles();
    }

    [Fact]
    public async Task Runspaces_share_containers_and_every_waiter_gets_the_exit()
    {
        using RunspacePool pool = Pool();
        string prefix = Session.NewId();
        Session.Get($"1..{Rounds} | ForEach-Object {{ New-HcsContainer \"{prefix}-$_\" }}");
        IReadOnlyList<PSObject>[] results = await Task.WhenAll(Enumerable.Range(0, Workers).Select(worker => RunAsync(
            pool,
            """
            param($hostName, $prefix, $worker, $rounds, $workers)
            $ids = 1..$rounds | ForEach-Object { "$prefix-$_" }

            # One of them starts each; the others are told that it has been started, or has ended since.
            $ids | Start-HcsContainer -HcsHost $hostName -ErrorAction SilentlyContinue -ErrorVariable refused
            $refused | Where-Object FullyQualifiedErrorId -NotMatch '^HcsInvalidState,|^HcsSystemAlreadyStopped,|^HcsSystemNotFound,' |
                ForEach-Object { throw $_ }
            $job = $ids | Wait-HcsContainer -HcsHost $hostName -AsJob
            $ids | Where-Object { ([int]($_ -split '-')[-1]) % $workers -eq $worker } |
                Stop-HcsContainer -HcsHost $hostName -Force:($worker % 2)
            $job | Wait-Job | Receive-Job
            $ids | Stop-HcsContainer -HcsHost $hostName
            $ids | Wait-HcsContainer -HcsHost $hostName
            """,
            Session.HostName,
            prefix,
            worker,
            Rounds,
            Workers)));
        string[] expected = [.. Enumerable.Range(1, Rounds).Select(n => $"{prefix}-{n}")];
        Assert.All(results, result =>
        {
            string[] ids = [.. result.Select(s => (string)((dynamic)s.BaseObject).ContainerId)];
            Assert.Equal(expected.Concat(expected).Order(), ids.Order());
            Assert.All(result, s => Assert.Contains((string)((dynamic)s.BaseObject).ExitType, (string[])["GracefulExit", "ForcedExit"]));
        });
        RequireNoOpenHandles();
    }

    private static RunspacePool Pool()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        RunspacePool pool = RunspaceFactory.CreateRunspacePool(state);
        pool.SetMaxRunspaces(Workers);
        pool.Open();
        return pool;
    }

    private static async Task<IReadOnlyList<PSObject>> RunAsync(RunspacePool pool, string script, params object[] arguments)
    {
        using var shell = PowerShell.Create();
        shell.RunspacePool = pool;
        shell.AddScript(script);
        foreach (object argument in arguments)
        {
            shell.AddArgument(argument);
        }

        PSDataCollection<PSObject> output = await shell.InvokeAsync().Within(TimeSpan.FromMinutes(3), ShellWaits.Text(shell));
        Assert.Empty(shell.Streams.Error);
        return [.. output];
    }

    // The host remembers ended containers and processes, but holds no handle on them.
    private void RequireNoOpenHandles()
    {
        object host = (object)Session.Single("Get-HcsHost");
        object table = Member(host, "Handles")!;
        foreach (string kind in new[] { "_containers", "_processes" })
        {
            object held = table.GetType().GetField(kind, BindingFlags.Instance | BindingFlags.NonPublic)!.GetValue(table)!;
            dynamic values = held.GetType().GetProperty("Values")!.GetValue(held)!;
            List<object> all = [.. (IEnumerable<object>)values];
            Poll.Until(() => !all.Any(tracked => (bool)Member(tracked, "IsOpen")!), "the handles to be closed");
        }
    }

    private static object? Member(object target, string name) => target.GetType()
        .GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)!.GetValue(target);
}
