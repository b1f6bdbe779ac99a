using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.ComputeCore;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.VmCompute;
using Xunit;

namespace HcsPowerShell.Native.Tests.Mocks;

/// <summary>Base class for tests of one adapter on its mock.</summary>
public abstract class MockTests : IDisposable
{
    /// <summary>
    /// Milliseconds of a call that is still under way when the test lets go of it or ends it, on a busy machine too. The
    /// test lets them pass with <see cref="SkipLater"/>.
    /// </summary>
    protected const int Later = 10_000;

    /// <summary>Milliseconds in which the code under test could do what it must not do yet.</summary>
    protected const int Meanwhile = 1000;

    private static readonly TimeSpan s_short = TimeSpan.FromMilliseconds(50);

    private readonly MockSession _session = new();
    private readonly CancellationTokenSource _limit =
        CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);

    private protected MockTests(MockLibrary mock)
    {
        Mock = mock;
        IsFirst = mock == MockLibrary.VmCompute;
        Service = IsFirst
            ? new VmComputeService()
            : new ComputeCoreService(operation => Hurried.Contains(operation) ? s_short : operation.DefaultTimeout());
        _limit.CancelAfter(Waits.Limit);
    }

    protected MockLibrary Mock { get; }

    /// <summary>True for vmcompute.</summary>
    protected bool IsFirst { get; }

    protected IComputeService Service { get; }

    protected CancellationToken Limit => _limit.Token;

    /// <summary>
    /// The operations of computecore that are given up soon where no caller gives a time: those that never end in the test.
    /// </summary>
    protected ComputeOperation[] Hurried { get; set; } = [];

    protected static ProcessConfig Run(string commandLine) => new() { CommandLine = commandLine };

    protected static ProcessConfig WithPipes(string commandLine) => new()
    {
        CommandLine = commandLine, CreateStdInPipe = true, CreateStdOutPipe = true, CreateStdErrPipe = true,
    };

    protected static string NewId() => "test-" + Guid.NewGuid().ToString("N");

    protected static async Task<HcsException> RefusedAsync(int hresult, Task task)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(() => task);
        Assert.True(refusal.Is(hresult), $"0x{refusal.HResult:X8} for 0x{hresult:X8}");
        return refusal;
    }

    protected Task<IContainer> CreateAsync(string? id = null, CancellationToken? token = null) =>
        Service.CreateContainerAsync(
            id ?? NewId(), """{"Owner":"test"}""", new SchemaVersion { Major = IsFirst ? 1u : 2u }, token ?? Limit);

    protected async Task<IContainer> CreateStartedAsync()
    {
        IContainer container = await CreateAsync();
        await container.StartAsync(Limit);
        return container;
    }

    /// <summary>Ends the system and waits for its exit.</summary>
    protected async Task EndAsync(IContainer container)
    {
        await container.TerminateAsync(Limit);
        await container.Exited.Within();
        container.Close();
    }

    /// <summary>Lets <see cref="Later"/> pass at once for what is delayed.</summary>
    protected void SkipLater() => Assert.True(Mock.Skip(Later, Waits.Limit), "nothing is delayed");

    protected static Task UntilAsync(
        Func<bool> condition, [CallerArgumentExpression(nameof(condition))] string what = "") =>
        Waits.Until(condition, what: what);

    public void Dispose()
    {
        _limit.Dispose();
        Disposed();
        _session.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Called at the end of the test.</summary>
    protected virtual void Disposed()
    {
    }
}
