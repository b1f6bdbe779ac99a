using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Contract.Counting;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using Xunit;

namespace HcsPowerShell.Contract;

/// <summary>
/// The behavior of every adapter of the port. The tests are written once and run for each adapter: a difference between
/// adapters is a failure here, or a property of this class describes it. Every test ends with nothing left, which <see
/// cref="Dispose"/> asserts.
/// </summary>
public abstract partial class ComputeServiceContract : IDisposable
{
    private readonly CancellationTokenSource _limit = CancellationTokenSource.CreateLinkedTokenSource(
        TestContext.Current.CancellationToken);

    private readonly List<IContainer> _containers = [];
    private readonly CallLedger _ledger = new()
    {
        CallLimit = Waits.Limit,

        // A busy machine may need more time than the default of a call.
        Options = last => last is CallOptions { Timeout: null } options ? options with { Timeout = Waits.Limit } : last,
    };

    private readonly Lazy<IComputeService> _service;
    private readonly Lazy<DirectoryInfo> _files = new(() => Directory.CreateTempSubdirectory("contract"));

    protected ComputeServiceContract()
    {
        _limit.CancelAfter(Waits.Limit);
        _service = new(() => (IComputeService)CountingProxy.Before(Adapter, _ledger));
    }

    /// <summary>
    /// The time in which closed objects disappear. A call whose end is never reported keeps its handle until the close
    /// times out.
    /// </summary>
    public static TimeSpan LimitOfClose { get; } = ComputeOperation.Close.DefaultTimeout() + TimeSpan.FromSeconds(10);

    /// <summary>The adapter under test.</summary>
    protected abstract IComputeService Adapter { get; }

    /// <summary>The adapter under test, with its calls counted and limited.</summary>
    protected IComputeService Service => _service.Value;

    /// <summary>Returns a document of the version below, for a container with this owner.</summary>
    protected abstract string Document(string owner);

    protected abstract SchemaVersion Version { get; }

    /// <summary>A request that changes a resource of a running container.</summary>
    protected abstract string Modification { get; }

    /// <summary>False if the service does not say how a system ended.</summary>
    protected virtual bool TellsExitType => true;

    /// <summary>False if a running container cannot be changed: the service refuses it as not supported.</summary>
    protected virtual bool CanModify => true;

    /// <summary>The operations that the host does not have: each is refused at once, by the name of its function.</summary>
    protected virtual IEnumerable<ComputeOperation> Absent => [];

    /// <summary>Returns a document for a system that can be saved and crashed, where the host has such systems.</summary>
    protected virtual string Machine => Document("contract");

    /// <summary>False if no process has a console: the service refuses to resize it as not supported.</summary>
    protected virtual bool HasConsoles => true;

    /// <summary>A process that exits with the code at once.</summary>
    protected abstract ProcessConfig Exit(uint code);

    /// <summary>A process that writes the text and a line end to standard output.</summary>
    protected abstract ProcessConfig Echo(string text);

    /// <summary>A process that writes the text and a line end to standard error.</summary>
    protected abstract ProcessConfig Complain(string text);

    /// <summary>A process that copies standard input to standard output until its end.</summary>
    protected abstract ProcessConfig Cat();

    /// <summary>A process that runs until it is killed.</summary>
    protected abstract ProcessConfig Sleep();

    /// <summary>A process that writes that many bytes to standard output.</summary>
    protected abstract ProcessConfig Spew(int bytes);

    /// <summary>
    /// A process that writes a line and exits. A child that it has started writes that many bytes to standard output a
    /// little later, and then reports on standard error whether it could: "written" or "failed".
    /// </summary>
    protected abstract ProcessConfig Orphan(int bytes);

    /// <summary>A process whose program does not exist.</summary>
    protected abstract ProcessConfig Missing();

    /// <summary>
    /// Objects of this test that are left beside its calls, on the machine or in a library. The test reads it until it
    /// is empty.
    /// </summary>
    protected abstract IEnumerable<string> Left { get; }

    /// <summary>The time limit for the steps of a test.</summary>
    protected CancellationToken Limit => _limit.Token;

    protected static string NewId() => "contract-" + Guid.NewGuid().ToString("N");

    protected async Task<IContainer> CreateAsync(string? id = null, string owner = "contract", string? document = null)
    {
        IContainer container = await Service.CreateContainerAsync(
            id ?? NewId(), document ?? Document(owner), Version, Limit);
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

    /// <summary>Requires that the call is refused with a code of that meaning.</summary>
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
        if (_files.IsValueCreated)
        {
            _files.Value.Delete(recursive: true);
        }

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
                // The test itself has closed or lost the container.
            }

            container.Close();
        }
    }
}
