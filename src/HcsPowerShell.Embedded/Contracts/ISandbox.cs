using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The place the processes of one system run in. All members may be called from any thread.</summary>
/// <remarks>
/// Members that wait for another program are asynchronous; all others return at once or wait only for the kernel.
/// Changes, from <see cref="BeginAsync"/> to <see cref="ModifyAsync"/>, run one after another; the end of the sandbox
/// waits for none of them.
/// </remarks>
internal interface ISandbox
{
    /// <summary>Completes when the sandbox ends by itself or another program ends it; never fails.</summary>
    Task Gone { get; }

    /// <summary>Starts the system: does the work that is possible only once, before the first process.</summary>
    /// <exception cref="Interop.HcsException">The system refuses.</exception>
    Task BeginAsync();

    /// <summary>Starts a process.</summary>
    /// <param name="plan">
    /// Builds the plan of the process from the files the process will find; they stay open during the call.
    /// </param>
    /// <returns>The process, with a console when one is wanted.</returns>
    /// <exception cref="Interop.HcsException">
    /// The executable is not found, the system refuses to run it, or this system has no consoles.
    /// </exception>
    Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessPlan> plan);

    /// <summary>
    /// Opens a process of the sandbox, started by this host or another process; null when no process has this id.
    /// </summary>
    ISandboxProcess? Open(uint processId);

    /// <summary>Stops every process of the sandbox from running until <see cref="ResumeAsync"/>.</summary>
    Task PauseAsync();

    /// <summary>Lets the processes run again.</summary>
    Task ResumeAsync();

    /// <summary>
    /// Changes a resource of the running sandbox; ignores those in <see cref="IIsolation.UnenforcedResources"/>.
    /// </summary>
    /// <exception cref="Interop.HcsException">The change cannot be made; the sandbox is unchanged.</exception>
    Task ModifyAsync(ResourceChange change);

    /// <summary>Asks every process to end, as a shutdown of the system would; returns without waiting.</summary>
    void Shutdown();

    /// <summary>Kills the whole process tree; afterwards no process of the sandbox runs.</summary>
    /// <exception cref="Interop.HcsException">A process survives the kill.</exception>
    Task KillAsync();

    /// <summary>Kills the processes that are left and releases the resources of the sandbox. Idempotent.</summary>
    Task RemoveAsync();

    /// <summary>True while any process of the sandbox, started here or by another of its processes, is alive.</summary>
    bool HasProcesses();

    /// <summary>
    /// Gets the counters since the start from the operating system; counters it does not keep stay null. A walk over
    /// the processes runs on the thread pool.
    /// </summary>
    Task<Statistics> GetStatisticsAsync();

    /// <summary>Gets the processes alive now, including those they started.</summary>
    IReadOnlyList<ProcessListItem> GetProcesses();
}
