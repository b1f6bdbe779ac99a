using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>
/// What every adapter of the port does. Written once, run for each: a difference between adapters is a failure here,
/// or a fact that a member of this class names. Every test ends with nothing left, which is asserted here, in
/// <see cref="Dispose"/>.
/// </summary>
public abstract partial class ComputeServiceContract : IDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private readonly List<IContainer> _containers = [];
    private readonly CallLedger _ledger = new()
    {
        CallLimit = Waits.Limit,

        // A busy machine may be slower than the default of a call.
        Options = last => last is CallOptions { Timeout: null } options ? options with { Timeout = Waits.Limit } : last,
    };

    private readonly Lazy<IComputeService> _service;

    protected ComputeServiceContract()
    {
        _limit.CancelAfter(Waits.Limit);
        _service = new(() => (IComputeService)CountingProxy.Before(Adapter, _ledger));
    }

    /// <summary>Time for what is closed to go: a call whose end is never told holds up its handle as long as that may take.</summary>
    public static TimeSpan LimitOfClose { get; } = ComputeOperation.Close.DefaultTimeout() + TimeSpan.FromSeconds(10);

    /// <summary>What is tested.</summary>
    protected abstract IComputeService Adapter { get; }

    /// <summary>The same, with its calls counted and limited.</summary>
    protected IComputeService Service => _service.Value;

    /// <summary>A document of the version below, for a container of that owner.</summary>
    protected abstract string Document(string owner);

    protected abstract SchemaVersion Version { get; }

    /// <summary>A request that changes a resource of a running container.</summary>
    protected abstract string Modification { get; }

    /// <summary>False where the service does not say how a system ended.</summary>
    protected virtual bool TellsExitType => true;

    /// <summary>False where a running container cannot be changed: it is refused as not supported.</summary>
    protected virtual bool CanModify => true;

    /// <summary>False where no process has a console: resizing it is refused as not supported.</summary>
    protected virtual bool HasConsoles => true;

    /// <summary>Exits with the code, at once.</summary>
    protected abstract ProcessConfig Exit(uint code);

    /// <summary>Writes the text and a line end to standard output.</summary>
    protected abstract ProcessConfig Echo(string text);

    /// <summary>Writes the text and a line end to standard error.</summary>
    protected abstract ProcessConfig Complain(string text);

    /// <summary>Copies standard input to standard output until its end.</summary>
    protected abstract ProcessConfig Cat();

    /// <summary>Runs until it is killed.</summary>
    protected abstract ProcessConfig Sleep();

    /// <summary>Writes that many bytes to standard output.</summary>
    protected abstract ProcessConfig Spew(int bytes);

    /// <summary>
    /// Writes a line and exits. A process that it has started writes that many bytes to standard output a little later, and
    /// then to standard error whether it could: "written" or "failed".
    /// </summary>
    protected abstract ProcessConfig Orphan(int bytes);

    /// <summary>Names a program that does not exist.</summary>
    protected abstract ProcessConfig Missing();

    /// <summary>What of this test is left beside its calls: on the machine, or in a library. Asked until it is nothing.</summary>
    protected abstract IEnumerable<string> Left { get; }

    /// <summary>No step of a test takes this long.</summary>
    protected CancellationToken Limit => _limit.Token;

    protected static string NewId() => "contract-" + Guid.NewGuid().ToString("N");

    protected async Task<IContainer> CreateAsync(string? id = null, string owner = "contract")
    {
        IContainer container = await Service.CreateContainerAsync(id ?? NewId(), Document(owner), Version, Limit);
        _containers.Add(container);
        return container;
    }

    protected async Task<IContainer> CreateStartedAsync(string owner = "contract")
    {
        IContainer container = await CreateAsync(owner: owner);
        await container.StartAsync(Limit);
        return container;
    }

    protected async Task<IContainer> OpenAsync(string id)
    {
        IContainer container = await Service.OpenContainerAsync(id, Limit);
        _containers.Add(container);
        return container;
    }

    protected async Task<string> StateOfAsync(IContainer container) =>
        (await container.GetPropertiesAsync(new PropertyQuery(), Limit)).State!;

    protected async Task<ContainerProperties[]> ListAsync(ComputeSystemQuery query) =>
        [.. await Service.GetContainersAsync(query, Limit)];

    /// <summary>The call is refused with a code of that meaning.</summary>
    protected static async Task<HcsException> RefusedAsync(int hresult, Func<Task> call)
    {
        HcsException refusal = await Assert.ThrowsAsync<HcsException>(call);
        Assert.True(refusal.Is(hresult), $"0x{refusal.HResult:X8} for 0x{hresult:X8}");
        return refusal;
    }

    public void Dispose()
    {
        EndAllAsync().Within(what: "the end of every container").GetAwaiter().GetResult();
        Disposed();
        _limit.Dispose();
        string[] left = [];
        bool isOver = SpinWait.SpinUntil(() => (left = [.. _ledger.Left, .. Left]).Length == 0, LimitOfClose);
        GC.SuppressFinalize(this);
        Assert.True(isOver, "Left behind: " + string.Join("; ", left));
    }

    /// <summary>Called after every container of the test has ended.</summary>
    protected virtual void Disposed()
    {
    }

    private async Task EndAllAsync()
    {
        foreach (IContainer container in _containers)
        {
            try
            {
                await container.TerminateAsync(CancellationToken.None);
                await container.Exited.Within();
            }
            catch (HcsException)
            {
                // Closed or lost by the test itself.
            }

            container.Close();
        }
    }
}
