using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Tests.Engine;
using Xunit;

namespace HcsPowerShell.Tests.Campaigns;

/// <summary>
/// Many runspaces use the same containers in any order, and some of their commands are stopped. Every command ends,
/// every waiting command is told of the exit, every error is an expected one, and nothing is left.
/// </summary>
[Collection(nameof(RunspacesTests))]
[CollectionDefinition(nameof(RunspacesTests), DisableParallelization = true)]
public sealed class RunspacesTests
{
    private const int Seed = 20261129;

    private static readonly (int Runspaces, int Containers, TimeSpan Time) s_form = Campaign.IsFull
        ? (32, 100, TimeSpan.FromMinutes(2))
        : (8, 6, TimeSpan.FromSeconds(6));

    /// <summary>
    /// The commands. ID stands for one of the containers. A command that waits for an exit returns its job.
    /// </summary>
    private static readonly string[] s_commands =
    [
        "New-HcsContainer ID -Start -TimeoutSec 60",
        "New-HcsContainer ID -Start -TimeoutSec 60",
        "New-HcsContainer ID -Start -TimeoutSec 60",
        "$null = Start-HcsProcess ID -CommandArg sleep, 60 -TimeoutSec 60",
        "$null = Invoke-HcsProcess ID -CommandArg echo, x -TimeoutSec 60",
        "$null = Get-HcsContainer ID -TimeoutSec 60",
        "$null = Get-HcsProcess ID -TimeoutSec 60",
        "$null = Get-HcsStatistics ID -TimeoutSec 60",
        "Suspend-HcsContainer ID -TimeoutSec 60",
        "Resume-HcsContainer ID -TimeoutSec 60",
        "Stop-HcsContainer ID -TimeoutSec 60",
        "Stop-HcsContainer ID -Force -TimeoutSec 60",
        "$null = Get-HcsProcess ID -TimeoutSec 60 | Select-Object -First 1 | Stop-HcsProcess -TimeoutSec 60",
        "$null = Wait-HcsContainer ID -TimeoutSec 1",
        "Wait-HcsContainer ID -AsJob",
    ];

    /// <summary>The errors that a runspace may get because of the others.</summary>
    private static readonly string[] s_expected =
    [
        "HcsSystemNotFound", "HcsSystemAlreadyExists", "HcsSystemAlreadyStopped", "HcsInvalidState", "HcsTerminatedDuringStart",
        "HcsElementNotFound", "HcsProcessAlreadyStopped",
    ];

    [Fact]
    public async Task Every_command_ends_and_every_exit_is_told()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Counts descriptors as Linux lists them.");
        await WorkInAHostAsync(_ => Task.FromResult<string[]>([]));
        double before = Megabytes();
        string[] figures = await WorkInAHostAsync(WorkTogetherAsync);

        // Threads of the pool still hold some of the objects for a while.
        await Task.Yield();
        double after = 0;
        Poll.Until(() => (after = Megabytes()) < before + 10, $"the objects of {string.Join(", ", figures)} to be freed");
        Campaign.Tell(
            $"runspaces: {string.Join(", ", figures)}; {before:0.0} MB of objects before, {after:0.0} MB after");
    }

    private static double Megabytes() => GC.GetTotalMemory(forceFullCollection: true) / 1e6;

    private static async Task<string[]> WorkInAHostAsync(Func<Session, Task<string[]>> work)
    {
        using var session = new Session();
        session.Get("$c = New-HcsContainer -Start; Invoke-HcsProcess $c true; Stop-HcsContainer $c -Force");
        var resources = new ProcessResources();
        (int descriptors, int threads) = Count();
        string[] figures = await work(session);
        string[] left = [];
        bool isClean = SpinWait.SpinUntil(() => (left = [.. resources.Since]).Length == 0, Waits.Limit);
        Assert.True(isClean, string.Join("; ", left));
        (int descriptorsAfter, int threadsAfter) = Count();
        return [.. figures, $"{descriptors} descriptors before, {descriptorsAfter} after", $"{threads} threads before, {threadsAfter} after"];

        static (int Descriptors, int Threads) Count() =>
            (Directory.GetFiles("/proc/self/fd").Length, Directory.GetDirectories("/proc/self/task").Length);
    }

    private static async Task<string[]> WorkTogetherAsync(Session session)
    {
        string[] ids = [.. Enumerable.Range(0, s_form.Containers).Select(_ => Session.NewId())];
        var told = new ConcurrentDictionary<string, int>();
        var jobs = new ConcurrentBag<Job>();
        var time = Stopwatch.StartNew();
        Task<int[][]> work = Task.WhenAll(Enumerable.Range(0, s_form.Runspaces)
            .Select(number => Task.Run(() => Work(session.HostName, ids, new Random(Seed + number), told, jobs, time))));
        await Task.WhenAny(work, Task.Delay(s_form.Time));

        // A last command may run in a container that another runspace has paused, and that none resumes any more.
        Poll.Until(
            () => session.Get("Get-HcsContainer | Stop-HcsContainer -Force -ErrorAction Ignore; Get-HcsContainer").Count == 0 && work.IsCompleted,
            "every command and every container to end");
        int[][] counts = await work;
        Poll.Until(() => jobs.All(job => job.JobStateInfo.State > JobState.Running), "every waiting job to be told of its exit");
        Job[] waits = [.. jobs.SelectMany(job => job.ChildJobs)];
        string[] surprises =
        [
            .. told.Where(error => !s_expected.Contains(error.Key)).Select(error => $"{error.Value} x {error.Key}"),
            .. waits.SelectMany(wait => wait.Error).Select(IdOf).Where(id => !s_expected.Contains(id)),
            .. waits.Where(wait => wait.Output.Count + wait.Error.Count != 1).Select(wait => $"{wait.Output.Count} exits in a {wait.JobStateInfo.State} job"),
        ];
        Assert.True(surprises.Length == 0, string.Join("; ", surprises));
        string[] figures =
        [
            $"{s_form.Runspaces} x {s_form.Containers} containers",
            $"{counts.Sum(count => count[0])} commands in {time.Elapsed.TotalSeconds:0} s",
            $"{counts.Sum(count => count[1])} of them stopped",
            $"{waits.Length} jobs that wait for an exit, {waits.Sum(wait => wait.Output.Count)} told of one",
            .. told.OrderByDescending(error => error.Value).Select(error => $"{error.Value} {error.Key}"),
        ];
        foreach (Job job in jobs)
        {
            job.Dispose();
        }

        return figures;
    }

    /// <summary>
    /// Works until the time is over. Returns the number of commands, and the number of commands that were stopped.
    /// </summary>
    private static int[] Work(
        string host, string[] ids, Random random, ConcurrentDictionary<string, int> told, ConcurrentBag<Job> jobs, Stopwatch time)
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([StagedModule.Manifest]);
        using Runspace runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        int commands = 0, stopped = 0;
        using (var choose = PowerShell.Create(runspace))
        {
            choose.AddScript($"$PSDefaultParameterValues = @{{ '*-Hcs*:HcsHost' = '{host}' }}").Invoke();
        }

        while (time.Elapsed < s_form.Time)
        {
            commands++;
            string command = random.GetItems(s_commands, 1)[0];
            using var limited = new LimitedShell(runspace);
            using var output = new PSDataCollection<PSObject>();
            PowerShell shell = limited.Shell;
            shell.AddScript(command.Replace("ID", random.GetItems(ids, 1)[0], StringComparison.Ordinal));
            IAsyncResult running = shell.BeginInvoke<PSObject, PSObject>(null, output);
            if (random.Next(8) == 0)
            {
                Thread.Sleep(random.Next(30));
                stopped++;
                shell.StopWithin();
            }
            else
            {
                Assert.True(running.AsyncWaitHandle.WaitOne(2 * Waits.Limit), $"Not within {2 * Waits.Limit}: {command}");
                foreach (ErrorRecord error in Ended(shell, running).Concat(shell.Streams.Error))
                {
                    // A wait of one second may time out.
                    string id = IdOf(error);
                    if (id != "HcsOperationTimeout" || !command.Contains("-TimeoutSec 1", StringComparison.Ordinal))
                    {
                        told.AddOrUpdate(s_expected.Contains(id) ? id : $"{id} ({command}: {error})", 1, (_, count) => count + 1);
                    }
                }
            }

            foreach (Job job in output.Select(one => one.BaseObject).OfType<Job>())
            {
                jobs.Add(job);
            }
        }

        return [commands, stopped];
    }

    private static string IdOf(ErrorRecord error) => error.FullyQualifiedErrorId.Split(',')[0];

    private static IEnumerable<ErrorRecord> Ended(PowerShell shell, IAsyncResult running)
    {
        try
        {
            shell.EndInvoke(running);
            return [];
        }
        catch (RuntimeException e)
        {
            return [e.ErrorRecord];
        }
    }
}
