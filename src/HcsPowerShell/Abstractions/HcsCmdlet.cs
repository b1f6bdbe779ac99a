using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Host;
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

    private protected HcsCmdlet()
    {
    }

    /// <summary>The host to use, by object or name; by default the one chosen with Connect-HcsHost.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [HostTransformation]
    [ArgumentCompleter(typeof(HostCompleter))]
    public HcsHost? HcsHost { get; set; }

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
            return HcsHost;
        }

        HcsHost host = HcsHosts.Current(out bool isNobodysChoice);
        if (isNobodysChoice)
        {
            Announce(host);
        }

        return host;
    }

    /// <summary>True unless the command names another host than the one an object came from, which is an error.</summary>
    internal bool MayUse(HcsHost home, string attempt, object value)
    {
        if (HcsHost is null || HcsHost == home)
        {
            return true;
        }

        Guard(attempt, value, () => throw new HostMismatchException(
            $"Cannot {attempt}: it lives on host '{home}', not on '{HcsHost}'."));
        return false;
    }

    /// <summary>True when the command is to run as a job, with one child for each target.</summary>
    private protected virtual bool WantsJob => false;

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_jobs.Count > 0)
        {
            WriteObject(HcsJob.Start(this, _jobs));
        }
    }

    /// <summary>
    /// Asks as -Confirm and -WhatIf want it. Where the host cannot ask, that is one error for this target, never a hang.
    /// </summary>
    private protected bool Approve(object target, string action)
    {
        try
        {
            return ShouldProcess(target.ToString(), action);
        }
        catch (Exception e) when (CannotAsk(e))
        {
            WriteError(HcsErrors.ConfirmationRequired($"Cannot ask for confirmation: {action} {target}.", target));
            return false;
        }
    }

    /// <summary>What a host throws that has nobody to ask.</summary>
    private protected static bool CannotAsk(Exception e) =>
        e is HostException or PSInvalidOperationException or NotImplementedException;

    /// <summary>Runs work now, or keeps it for the job.</summary>
    private protected void Dispatch(
        string attempt, string target, Func<ICommandOutput, CancellationToken, Task> work)
    {
        if (WantsJob)
        {
            _jobs.Add(new JobWork(
                target, (output, stop) => GuardAsync(attempt, target, output, () => work(output, stop))));
        }
        else
        {
            Run(attempt, target, work);
        }
    }

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
        if (!task.IsCompleted)
        {
            Task.WhenAny(task).Wait(StopToken);
        }

        return task.GetAwaiter().GetResult();
    }

    private void Announce(HcsHost host) => WriteWarning(
        $"There is no Host Compute Service here: using the embedded host '{host.Name}' inside this PowerShell process. "
        + "Containers live in it and end with it. Connect-HcsHost chooses a host; $env:HCS_HOST = 'embedded' chooses this "
        + "one without a warning.");
}
