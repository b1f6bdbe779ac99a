using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Isolation;
using HcsPowerShell.Embedded.Modification;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;

namespace HcsPowerShell.Embedded.Tests;

/// <summary>An isolation whose kills fail when a test wants it, as those of a process that withstands SIGKILL.</summary>
internal sealed class FailingIsolation(IIsolation inner) : IIsolation
{
    private int _sandboxKills;
    private int _processKills;

    public string Name => inner.Name;

    public IReadOnlyList<string> UnenforcedContainerMembers => inner.UnenforcedContainerMembers;

    public IReadOnlyList<string> UnenforcedProcessMembers => inner.UnenforcedProcessMembers;

    public IReadOnlyList<string> UnenforcedResources => inner.UnenforcedResources;

    public void FailNextSandboxKill() => Interlocked.Increment(ref _sandboxKills);

    public void FailNextProcessKill() => Interlocked.Increment(ref _processKills);

    public ISandbox CreateSandbox(string id, ContainerConfig config) => new Sandbox(this, inner.CreateSandbox(id, config));

    public void Dispose() => inner.Dispose();

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

        public void Begin() => inner.Begin();

        public ISandboxFiles OpenFiles() => inner.OpenFiles();

        public ISandboxProcess Start(ProcessStart start) => Wrap(inner.Start(start));

        public ISandboxProcess? Open(uint processId) => inner.Open(processId) is { } process ? Wrap(process) : null;

        public void Pause() => inner.Pause();

        public void Resume() => inner.Resume();

        public void Modify(ResourceChange change) => inner.Modify(change);

        public void Shutdown() => inner.Shutdown();

        public void Kill()
        {
            Fail(ref isolation._sandboxKills);
            inner.Kill();
        }

        public bool HasProcesses() => inner.HasProcesses();

        public Statistics GetStatistics() => inner.GetStatistics();

        public IReadOnlyList<ProcessListItem> GetProcesses() => inner.GetProcesses();

        public void Dispose() => inner.Dispose();

        private Process Wrap(ISandboxProcess process) =>
            process is IConsoleProcess console ? new ConsoleProcess(isolation, console) : new Process(isolation, process);
    }

    private class Process(FailingIsolation isolation, ISandboxProcess inner) : ISandboxProcess
    {
        public uint ProcessId => inner.ProcessId;

        public Task<uint?> Exited => inner.Exited;

        public bool IsOutOfMemory => inner.IsOutOfMemory;

        public Stream? StandardInput => inner.StandardInput;

        public Stream? StandardOutput => inner.StandardOutput;

        public Stream? StandardError => inner.StandardError;

        public void Kill()
        {
            Fail(ref isolation._processKills);
            inner.Kill();
        }

        public void Dispose() => inner.Dispose();
    }

    private sealed class ConsoleProcess(FailingIsolation isolation, IConsoleProcess inner)
        : Process(isolation, inner), IConsoleProcess
    {
        private readonly IConsoleProcess _inner = inner;

        public void Resize(ushort width, ushort height) => _inner.Resize(width, height);

        public Task EndInputAsync() => _inner.EndInputAsync();
    }
}
