using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>An isolation whose kills fail, and whose calls are held up, when a test demands it.</summary>
internal sealed class FailingIsolation(IIsolation inner) : IIsolation
{
    private int _sandboxKills;
    private int _processKills;
    private int _removals;
    private int _killedProcesses;
    private volatile HeldCalls? _held;

    public string Name => inner.Name;

    public IReadOnlyList<string> UnenforcedContainerMembers => inner.UnenforcedContainerMembers;

    public IReadOnlyList<string> UnenforcedProcessMembers => inner.UnenforcedProcessMembers;

    public IReadOnlyList<string> UnenforcedResources => inner.UnenforcedResources;

    public ILayerService Layers => inner.Layers;

    public IImageService Images => inner.Images;

    public INetworkService Networks => inner.Networks;

    public string? ImageOS => inner.ImageOS;

    public void FailNextSandboxKill() => Interlocked.Increment(ref _sandboxKills);

    public void FailNextProcessKill() => Interlocked.Increment(ref _processKills);

    /// <summary>Holds up the calls of one operation when they reach the isolation.</summary>
    public IHeldCalls Hold(ComputeOperation operation) => _held = new HeldCalls(operation, Undone(operation));

    /// <summary>
    /// Returns a condition that is true once a system or process has been ended that such a call made from now on.
    /// </summary>
    public Func<bool> Undone(ComputeOperation operation)
    {
        int removals = Volatile.Read(ref _removals);
        int kills = Volatile.Read(ref _killedProcesses);
        return operation switch
        {
            ComputeOperation.Create => () => Volatile.Read(ref _removals) > removals,
            ComputeOperation.CreateProcess => () => Volatile.Read(ref _killedProcesses) > kills,
            _ => () => true,
        };
    }

    public async Task<ISandbox> CreateSandboxAsync(string id, ContainerConfig config) =>
        new Sandbox(this, await CallAsync(ComputeOperation.Create, () => inner.CreateSandboxAsync(id, config)));

    public Task CloseAsync() => inner.CloseAsync();

    private Task<T> CallAsync<T>(ComputeOperation operation, Func<Task<T>> call) =>
        _held?.CallAsync(operation, call) ?? call();

    private Task CallAsync(ComputeOperation operation, Func<Task> call) => CallAsync(operation, async () =>
    {
        await call();
        return true;
    });

    private T Call<T>(ComputeOperation operation, Func<T> call) =>
        CallAsync(operation, () => Task.FromResult(call())).GetAwaiter().GetResult();

    private void Call(ComputeOperation operation, Action call) => Call(operation, () =>
    {
        call();
        return true;
    });

    private static void Fail(ref int left)
    {
        if (Interlocked.Decrement(ref left) >= 0)
        {
            throw new HcsException("HcsTerminate", HResult.Unspecified);
        }

        Interlocked.Increment(ref left);
    }

    private sealed class Sandbox(FailingIsolation isolation, ISandbox inner) : ISandbox
    {
        public Task Gone => inner.Gone;

        public Task BeginAsync() => isolation.CallAsync(ComputeOperation.Start, inner.BeginAsync);

        public async Task<ISandboxProcess> StartAsync(Func<ISandboxFiles, ProcessPlan> plan) =>
            Wrap(await isolation.CallAsync(ComputeOperation.CreateProcess, () => inner.StartAsync(plan)));

        public ISandboxProcess? Open(uint processId) => inner.Open(processId) is { } process ? Wrap(process) : null;

        public Task PauseAsync() => isolation.CallAsync(ComputeOperation.Pause, inner.PauseAsync);

        public Task ResumeAsync() => isolation.CallAsync(ComputeOperation.Resume, inner.ResumeAsync);

        public Task ModifyAsync(ResourceChange change) =>
            isolation.CallAsync(ComputeOperation.Modify, () => inner.ModifyAsync(change));

        public void Shutdown() => isolation.Call(ComputeOperation.Shutdown, inner.Shutdown);

        public async Task KillAsync()
        {
            Fail(ref isolation._sandboxKills);
            await isolation.CallAsync(ComputeOperation.Terminate, inner.KillAsync);
        }

        public bool HasProcesses() => inner.HasProcesses();

        public Task<Statistics> GetStatisticsAsync() =>
            isolation.CallAsync(ComputeOperation.Statistics, inner.GetStatisticsAsync);

        public IReadOnlyList<ProcessListItem> GetProcesses() => inner.GetProcesses();

        public async Task RemoveAsync()
        {
            await inner.RemoveAsync();
            Interlocked.Increment(ref isolation._removals);
        }

        private Process Wrap(ISandboxProcess process) => new(isolation, process);
    }

    private sealed class Process(FailingIsolation isolation, ISandboxProcess inner) : ISandboxProcess
    {
        public uint ProcessId => inner.ProcessId;

        public Task<ProcessStatus> Exited => inner.Exited;

        public IProcessConsole? Console =>
            inner.Console is { } console ? new HeldConsole(isolation, console) : null;

        public Stream? StandardInput => inner.StandardInput;

        public Stream? StandardOutput => inner.StandardOutput;

        public Stream? StandardError => inner.StandardError;

        public void Kill()
        {
            Fail(ref isolation._processKills);
            isolation.Call(ComputeOperation.Kill, inner.Kill);
            Interlocked.Increment(ref isolation._killedProcesses);
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class HeldConsole(FailingIsolation isolation, IProcessConsole inner) : IProcessConsole
    {
        public void Resize(ushort width, ushort height) =>
            isolation.Call(ComputeOperation.ResizeConsole, () => inner.Resize(width, height));

        public Task EndInputAsync() => inner.EndInputAsync();
    }

    private sealed class HeldCalls(ComputeOperation held, Func<bool> areUndone) : IHeldCalls
    {
        private readonly TaskCompletionSource _letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _atWork;

        public int AtWork => Volatile.Read(ref _atWork);

        public bool AreUndone => areUndone();

        public async Task<T> CallAsync<T>(ComputeOperation operation, Func<Task<T>> call)
        {
            if (operation != held || _letGo.Task.IsCompleted)
            {
                return await call();
            }

            Interlocked.Increment(ref _atWork);
            await _letGo.Task;
            try
            {
                return await call();
            }
            finally
            {
                Interlocked.Decrement(ref _atWork);
            }
        }

        public void Dispose() => _letGo.TrySetResult();
    }
}
