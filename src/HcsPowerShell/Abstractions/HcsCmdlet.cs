using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Completion;
using HcsPowerShell.Errors;
using HcsPowerShell.Hosts;
using HcsPowerShell.Jobs;

namespace HcsPowerShell.Abstractions;

/// <summary>What every command on a host has: the host, and a stop that ends its waiting.</summary>
public abstract class HcsCmdlet : HcsGuardedCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<JobWork> _jobs = [];
    private readonly SideBySide _together = new();
    private readonly FirstToSucceed _first = new();

    private protected HcsCmdlet()
    {
    }

    /// <summary>The host to use, by object or name; by default the one chosen with Connect-HcsHost.</summary>
    [Parameter]
    [HostTransformation]
    [ArgumentCompleter(typeof(HostCompleter))]
    public virtual HcsHost? HcsHost { get; set; }

    internal CancellationToken StopToken => _stop.Token;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <inheritdoc/>
    protected override void StopProcessing() => _stop.Cancel();

    /// <summary>Releases the stop signal.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stop.Dispose();
        }
    }

    internal HcsHost ResolveHost()
    {
        if (HcsHost is not null)
        {
            return RequireHere(HcsHost);
        }

        HcsHost host = HcsHosts.Current(out bool isNobodysChoice);
        if (isNobodysChoice)
        {
            Announce(host);
        }

        return host;
    }

    /// <exception cref="OtherComputerException">The host is none of this process.</exception>
    private protected HcsHost RequireHere(HcsHost host) => host.Elsewhere is null
        ? host
        : throw new OtherComputerException(
            $"host '{host}'", host.Elsewhere, TypedLine.Of(MyInvocation, string.Empty), "Get-HcsHost -All");

    /// <summary>
    /// True unless an object came from a host that is none of this process, or the command names another host than that,
    /// which is an error.
    /// </summary>
    /// <param name="home">The host the object came from.</param>
    /// <param name="attempt">What is tried.</param>
    /// <param name="value">What it is tried on, as its error shows it.</param>
    /// <param name="parameters">The parameters that name it where it lives.</param>
    /// <param name="look">A command that shows what has its id here.</param>
    internal bool MayUse(HcsHost home, string attempt, object value, string parameters, string look)
    {
        Exception? refusal =
            home.Elsewhere is { } place ? Refusal("it", place)
            : HcsHost is null || HcsHost == home ? null
            : HcsHost.Elsewhere is { } other ? Refusal($"host '{HcsHost}'", other)
            : home.HasEnded ? Refusal("it", Elsewhere.Ended(home.Name))
            : new HostMismatchException($"Cannot {attempt}: it lives on host '{home}', not on '{HcsHost}'.");
        if (refusal is not null)
        {
            Guard(attempt, value, () => throw refusal);
        }

        return refusal is null;

        OtherComputerException Refusal(string subject, Elsewhere where) =>
            new(subject, where, TypedLine.Of(MyInvocation, parameters), look);
    }

    /// <summary>True when the command is to run as a job, with one child for each target.</summary>
    private protected virtual bool WantsJob => false;

    /// <summary>What the progress of work that runs side by side is called; null shows none.</summary>
    private protected virtual string? Activity => null;

    /// <summary>True when work on what was opened at once ends with the first that succeeds, also in a job.</summary>
    private protected virtual bool EndsWithFirst => false;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_together.Count > 0)
        {
            Run("finish", null, (output, stop) => _together.RunAsync(Activity, output, stop));
        }

        if (_jobs.Count > 0)
        {
            WriteObject(HcsJob.Start(this, _jobs));
        }
    }

    /// <summary>Runs work now, or keeps it for the job.</summary>
    /// <param name="attempt">What is tried, as in "Cannot {start container 'web'}".</param>
    /// <param name="target">What it is tried on, as its errors show it.</param>
    /// <param name="work">The work.</param>
    /// <param name="name">What the child job is called, where that is not the target.</param>
    private protected void Dispatch(
        string attempt, object target, Func<ICommandOutput, CancellationToken, Task> work, string? name = null)
    {
        if (WantsJob)
        {
            _jobs.Add(Guarded(attempt, target, work, name));
        }
        else
        {
            Run(attempt, target, work);
        }
    }

    /// <summary>
    /// Keeps work that lasts as long as its target does: all of it runs side by side at the end of the input, or as a job
    /// with one child for each.
    /// </summary>
    private protected void DispatchTogether(
        string attempt, object target, Func<ICommandOutput, CancellationToken, Task> work, string? name = null)
    {
        JobWork guarded = Guarded(attempt, target, work, name);
        if (WantsJob)
        {
            _jobs.Add(guarded);
        }
        else
        {
            _together.Add(guarded);
        }
    }

    /// <summary>
    /// The same for work on something that is opened at once and not when the work begins: what happens in between must not
    /// be missed. What cannot be opened is an error now, or a failed child of the job.
    /// </summary>
    private protected void DispatchTogether<T>(
        string attempt,
        object target,
        Func<CancellationToken, Task<T>> open,
        Func<T, ICommandOutput, CancellationToken, Task> work,
        string? name = null) =>
        Guard(attempt, target, () =>
        {
            Task<T> opening = open(StopToken);
            Settle(opening);
            if (!WantsJob)
            {
                Await(opening);
            }

            DispatchTogether(
                attempt,
                target,
                async (output, stop) =>
                {
                    T opened = await opening.ConfigureAwait(false);
                    await (EndsWithFirst
                        ? _first.RunAsync(over => work(opened, output, over), stop)
                        : work(opened, output, stop)).ConfigureAwait(false);
                },
                name);
        });

    private static JobWork Guarded(
        string attempt, object target, Func<ICommandOutput, CancellationToken, Task> work, string? name) =>
        new(name ?? target.ToString()!, (output, stop) => GuardAsync(attempt, target, output, () => work(output, stop)));

    /// <summary>Runs work and writes what it writes; a failure of its target is an error, and the rest goes on.</summary>
    private protected void Run(string attempt, object? target, Func<ICommandOutput, CancellationToken, Task> work)
    {
        using var output = new PipelineOutput(this, StopToken);
        Guard(attempt, target, () => output.Run((o, stop) => GuardAsync(attempt, target, o, () => work(o, stop))));
    }

    /// <summary>Guards work that writes to any output.</summary>
    private protected static async Task GuardAsync(
        string attempt, object? target, ICommandOutput output, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (IsTargetFailure(e))
        {
            output.Error(HcsErrors.From(e, attempt, target));
        }
    }

    internal T Await<T>(Task<T> task)
    {
        Settle(task);
        return task.GetAwaiter().GetResult();
    }

    private protected void Settle(Task task)
    {
        if (!task.IsCompleted)
        {
            Task.WhenAny(task).Wait(StopToken);
        }
    }

    private void Announce(HcsHost host) => WriteWarning(
        $"There is no Host Compute Service here: using the embedded host '{host.Name}' inside this PowerShell process. "
        + "Containers live in it and end with it. Connect-HcsHost chooses a host; $env:HCS_HOST = 'embedded' chooses this "
        + "one without a warning.");
}
