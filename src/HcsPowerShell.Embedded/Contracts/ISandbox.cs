using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Contracts;

/// <summary>The place one system's processes run in. All members may be called from any thread.</summary>
/// <remarks>
/// What waits for another program is asynchronous; all else returns at once or waits for the kernel alone. The changes, from
/// <see cref="BeginAsync"/> to <see cref="ModifyAsync"/>, are made one after another; the end waits for none of them.
/// </remarks>
internal interface ISandbox
{
    /// <summary>Completes when the place has ended by itself or by another's hand; never fails.</summary>
    Task Gone { get; }

    /// <summary>Lets the system run: what can be done only once, before the first process.</summary>
    /// <exception cref="Interop.HcsException">The system refuses.</exception>
    Task BeginAsync();

    /// <summary>Starts a process.</summary>
    /// <param name="plan">Makes the plan of it from the files it will find; they are open while it does.</param>
    /// <returns>The process, with a console when one is wanted.</returns>
    /// <exception cref="Interop.HcsException">
    /// The executable is not found, the system refuses to run it, or there are no consoles here.
    /// </exception>
    Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessStart> plan);

    /// <summary>Opens a process of the sandbox, whoever started it; null when it has none with this id.</summary>
    ISandboxProcess? Open(uint processId);

    /// <summary>Stops every process of the sandbox from running until <see cref="ResumeAsync"/>.</summary>
    Task PauseAsync();

    /// <summary>Lets the processes go on.</summary>
    Task ResumeAsync();

    /// <summary>Makes a change of the running sandbox, unless it is one of <see cref="IIsolation.UnenforcedResources"/>.</summary>
    /// <exception cref="Interop.HcsException">It cannot be made; everything is as it was.</exception>
    Task ModifyAsync(ResourceChange change);

    /// <summary>Asks every process to end, as a shutdown of the system would; returns without waiting.</summary>
    void Shutdown();

    /// <summary>Kills the whole process tree; at its end no process of the sandbox runs.</summary>
    /// <exception cref="Interop.HcsException">A process withstands the kill.</exception>
    Task KillAsync();

    /// <summary>Kills what is left in it and releases what it held. Idempotent.</summary>
    Task RemoveAsync();

    /// <summary>True while any process of the sandbox, started here or by another of its processes, is alive.</summary>
    bool HasProcesses();

    /// <summary>
    /// The counters since the start, from the operating system; what it does not know stays null. To walk processes for them,
    /// the pool is used.
    /// </summary>
    Task<Statistics> GetStatisticsAsync();

    /// <summary>The processes alive now, those they started included.</summary>
    IReadOnlyList<ProcessListItem> GetProcesses();
}
