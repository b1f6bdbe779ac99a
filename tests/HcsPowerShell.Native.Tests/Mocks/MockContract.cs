using System;
using System.Collections.Generic;
using System.Threading.Tasks;
using HcsPowerShell.Contract;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>The contract tests on a service whose processes the mocks simulate.</summary>
public abstract class MockContract : ComputeServiceContract
{
    private readonly MockSession _session = new();

    // Only on Linux; Windows handles have no names.
    private readonly ProcessResources? _resources = OperatingSystem.IsLinux() ? new ProcessResources() : null;

    protected override ProcessConfig Exit(uint code) => Run("exit " + code);

    protected override ProcessConfig Echo(string text) => Run("echo " + text);

    protected override ProcessConfig Complain(string text) => Run("complain " + text);

    protected override ProcessConfig Cat() => Run("cat");

    protected override ProcessConfig Sleep() => Run("sleep 60000");

    protected override ProcessConfig Spew(int bytes) => Run("spew " + bytes);

    protected override ProcessConfig Orphan(int bytes) => Run("orphan " + bytes);

    protected override ProcessConfig Missing() => Run("missing.exe");

    protected override ProcessConfig Stubborn() => Run("stubborn");

    protected override int EndsOfService => 1;

    protected override Task LoseServiceAsync()
    {
        foreach (MockLibrary mock in new[] { MockLibrary.ComputeCore, MockLibrary.VmCompute })
        {
            mock.Disconnect();

            // Wait, so that the disconnect does not affect a handle that the test opens later.
            Assert.True(mock.WaitIdle((int)Waits.Limit.TotalMilliseconds), mock.Name + " has not told it");
        }

        return Task.CompletedTask;
    }

    protected override void FailNextTerminate() => Fail("HcsTerminateComputeSystem");

    protected override void FailNextKill() => Fail("HcsTerminateProcess");

    // The mock returns the streams together with the process.
    protected override ComputeOperation[] Immediate => [ComputeOperation.Stdio];

    protected override IHeldCalls HoldUp(ComputeOperation operation) => new MockHold(operation);

    protected override IEnumerable<string> Left => [.. _session.Left, .. _resources?.Since ?? []];

    private static void Fail(string function)
    {
        MockLibrary.ComputeCore.SetFault(function, MockFault.Call, HResult.Unspecified);
        MockLibrary.VmCompute.SetFault(function, MockFault.Call, HResult.Unspecified);
    }

    private static ProcessConfig Run(string commandLine) => new()
    {
        CommandLine = commandLine,
        CreateStdInPipe = true,
        CreateStdOutPipe = true,
        CreateStdErrPipe = true,
    };
}
