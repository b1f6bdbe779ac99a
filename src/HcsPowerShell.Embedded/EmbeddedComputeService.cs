using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using HcsPowerShell.Embedded.Contracts;
using HcsPowerShell.Embedded.Service;
using HcsPowerShell.Interop;
using HcsPowerShell.Interop.Documents;
using HcsPowerShell.Interop.Documents.Translation;
using HcsPowerShell.Interop.Lifecycle;

namespace HcsPowerShell.Embedded;

/// <summary>A compute service inside this process that behaves as HCS does.</summary>
internal sealed class EmbeddedComputeService : ComputeServiceBase
{
    private static readonly TimeSpan s_longestClose = ComputeOperation.Close.DefaultTimeout();

    private readonly ConcurrentDictionary<string, EmbeddedSystem> _systems = new(ContainerId.Comparer);
    private readonly ConcurrentDictionary<string, Task> _creating = new(ContainerId.Comparer);
    private readonly IIsolation _isolation;

    /// <summary>Creates an empty host; starts nothing.</summary>
    /// <param name="isolation">The isolation that keeps its systems apart.</param>
    /// <exception cref="HcsException">
    /// This machine lacks something the isolation needs; the result document names it.
    /// </exception>
    public EmbeddedComputeService(EmbeddedIsolation isolation = EmbeddedIsolation.Best)
        : this(IsolationChoice.Make(isolation))
    {
    }

    internal EmbeddedComputeService(IsolationChoice choice)
    {
        _isolation = choice.Isolation;
        Declared = new HostProperties
        {
            Kind = HostKind.Embedded,
            Isolation = _isolation.Name,
            IsolationLack = choice.Lack,
            MountsScratch = true,
            ImageOS = _isolation.ImageOS,
            Api = ["embedded " + typeof(EmbeddedComputeService).Assembly.GetName().Version!.ToString(3)],
            SchemaVersions = ["1.0", $"2.{ContainerDocument.NewestMinor}"],
            UnenforcedContainerMembers = _isolation.UnenforcedContainerMembers,
            UnenforcedSystemMembers =
            [
                .. SystemMembers.Of(_isolation.UnenforcedContainerMembers),
                .. SystemMembers.WithoutCounterpart,
            ],
            UnenforcedResources = _isolation.UnenforcedResources,
            UnenforcedProcessMembers = _isolation.UnenforcedProcessMembers,
        };
    }

    /// <inheritdoc/>
    public override HostProperties Declared { get; }

    /// <inheritdoc/>
    public override ILayerService Layers => _isolation.Layers;

    /// <inheritdoc/>
    public override IImageService Images => _isolation.Images;

    /// <inheritdoc/>
    public override INetworkService Networks => _isolation.Networks;

    /// <inheritdoc/>
    public override IMachineService Machines { get; } = new RefusedMachines(Refusal.NoMachines);

    /// <summary>
    /// Ends every system of the host. Systems that do not end in time are left to the guardian of the isolation.
    /// </summary>
    /// <exception cref="HcsException">A process survives the kill, or the end takes too long.</exception>
    public override void Close()
    {
        Lifetime.End(HResult.ServiceDisconnect);
        Task ending = Task.Run(EndAsync);
        if (!Task.WhenAny(ending).Wait(s_longestClose))
        {
            ending.Forget();
            throw new HcsException(nameof(Close), HResult.OperationTimeout);
        }

        HostFailure.NamedAsync(null, ComputeOperation.Close, () => ending).GetAwaiter().GetResult();
    }

    private protected override async Task<ContainerBase> CreateContainerAsync(
        string id, string document, SchemaVersion version, CancellationToken abandoned)
    {
        if (ContainerId.Problem(id) is { } problem)
        {
            throw Refusal.InvalidArgument(id, ComputeOperation.Create.Function(), problem);
        }

        ContainerDocument read = ContainerDocument.Read(id, document, version);
        TaskCompletionSource<bool> created = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!_creating.TryAdd(id, created.Task))
        {
            throw Refusal.SystemAlreadyExists(id, ComputeOperation.Create.Function());
        }

        try
        {
            return await Task.Run(() => CreateAsync(id, read), abandoned).ConfigureAwait(false);
        }
        finally
        {
            _creating.TryRemove(id, out _);
            created.SetResult(true);
        }
    }

    private protected override Task<ContainerBase> OpenContainerAsync(string id, CancellationToken abandoned) =>
        Task.FromResult<ContainerBase>(
            _systems.TryGetValue(id, out EmbeddedSystem? system)
                ? new EmbeddedContainer(system)
                : throw Refusal.SystemNotFound(id, ComputeOperation.Open.Function()));

    private protected override Task<IEnumerable<ContainerProperties>> GetContainersAsync(
        ComputeSystemQuery query, CancellationToken abandoned) => Task.FromResult(
            _systems.Values.Where(s => !s.IsStopped).Select(s => s.Describe()).Where(query.Matches));

    private protected override Task<HostProperties> GetPropertiesAsync(CancellationToken abandoned) =>
        Task.FromResult(Declared);

    private async Task<ContainerBase> CreateAsync(string id, ContainerDocument document)
    {
        if (_systems.ContainsKey(id))
        {
            throw Refusal.SystemAlreadyExists(id, ComputeOperation.Create.Function());
        }

        ISandbox sandbox = await HostFailure.NamedAsync(
            id, ComputeOperation.Create, () => _isolation.CreateSandboxAsync(id, document.Config)).ConfigureAwait(false);
        var system = new EmbeddedSystem(id, document, sandbox, Remove);
        var container = new EmbeddedContainer(system);
        _systems[id] = system;
        return container;
    }

    private async Task EndAsync()
    {
        try
        {
            await Task.WhenAll(_systems.Values.Select(system => system.TerminateAsync())).ConfigureAwait(false);
        }
        finally
        {
            // Also ends the systems that are still being created.
            await _isolation.CloseAsync().ConfigureAwait(false);
            await Task.WhenAll(_creating.Values).ConfigureAwait(false);
        }
    }

    private void Remove(EmbeddedSystem system) => _systems.TryRemove(system.Id, system);
}
